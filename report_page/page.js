// The calls behind a cell of the table of outcomes, and what the cells count. Everything that is
// shown is written as text; nothing of a history ever becomes markup.
'use strict';

const dry_run = (() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const report = data.report;

  // As the report's own writer does: control characters, and marks that turn the direction of text.
  const clean = text => String(text).replace(
    /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g, '?');

  const make = (tag, css, text) => {
    const node = document.createElement(tag);
    if (css) node.className = css;
    if (text !== undefined) node.textContent = clean(text);
    return node;
  };

  const grouped = number => {
    const [whole, fraction] = String(number).split('.');
    return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction ? '.' + fraction : '');
  };
  const counted = (number, one, many) => `${grouped(number)} ${Number(number) === 1 ? one : many}`;

  return { report, cells: data.cells, clean, make, grouped, counted };
})();

(() => {
  const { report, cells, make, grouped, counted } = dry_run;
  const made = report.comparison;
  const dialog = document.getElementById('calls');
  const list = document.getElementById('calls-list');
  const search = document.getElementById('calls-search');
  const more = document.getElementById('calls-more');
  const at_a_time = 25;
  let open = { calls: [], shown: 0, count: '' };

  const place_of = call => {
    const file = call.file === '-' ? 'standard input' : call.file;
    return `${file}:${call.line}` + (call.id ? `, ${call.id}` : '');
  };

  // Of a decision: its outcome, and the rules or the failure that made it so.
  const why = (label, side) => {
    const row = make('div', 'why');
    row.append(make('span', 'soft', label), make('b', side.outcome, side.outcome));
    const reasons = make('ul');
    for (const rule of side.rules || []) {
      const item = make('li');
      item.append(make('b', '', rule.name + (rule.sure ? '' : ' (may match)')));
      if (rule.because) item.append(make('span', '', `: ${rule.because}`));
      reasons.append(item);
    }
    if ((side.rules || []).length === 0 && side.reason) {
      reasons.append(make('li', '', side.reason + (side.detail ? `: ${side.detail}` : '')));
    }
    for (const missing of side.unknown ? side.missing : []) {
      reasons.append(make('li', 'warn', `not known: ${missing.name} (${missing.cause})`));
    }
    if (reasons.childElementCount > 0) row.append(reasons);
    return row;
  };

  const item_of = call => {
    const item = make('li');
    const head = make('h3', '', call.after.tool);
    if (call.amount) {
      const [amount, currency] = call.amount.split(' ');
      head.append(make('span', 'amount', `${grouped(amount)} ${currency || ''}`));
    }
    item.append(head, make('code', '', call.after.args));
    if (call.before) item.append(why('was', call.before));
    item.append(why('now', call.after), make('p', 'soft', place_of(call.after)));
    return item;
  };

  const found = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(word => word);
    return open.calls.filter(call => {
      const text = JSON.stringify(call).toLowerCase();
      return words.every(word => text.includes(word));
    });
  };

  const show_more = () => {
    const calls = found();
    const next = calls.slice(open.shown, open.shown + at_a_time);
    list.append(...next.map(item_of));
    open.shown += next.length;
    more.hidden = open.shown >= calls.length;
    more.textContent = `Show more: ${grouped(calls.length - open.shown)} left`;
    document.getElementById('calls-count').textContent =
      open.count + (search.value.trim() ? `; ${grouped(calls.length)} match` : '');
  };

  const show = () => {
    list.replaceChildren();
    open.shown = 0;
    show_more();
  };

  const count_words = (all, kept) => {
    if (kept >= all) return counted(all, 'call', 'calls');
    const rest = made ? '; --changes FILE writes all whose outcome changes' : '';
    return `the first ${grouped(kept)} of ${counted(all, 'call', 'calls')}${rest}`;
  };

  const open_cell = button => {
    const { before, now, calls } = button.dataset;
    open.calls = (cells[before] || {})[now] || [];
    open.count = count_words(Number(calls), open.calls.length);
    document.getElementById('calls-head').textContent = button.getAttribute('aria-label')
      .replace(/: .*/, '');
    search.value = '';
    show();
    dialog.showModal();
    dialog.scrollTop = 0;
  };

  for (const button of document.querySelectorAll('.heat button')) {
    button.addEventListener('click', () => open_cell(button));
  }
  search.addEventListener('input', show);
  more.addEventListener('click', () => {
    const last = list.lastElementChild;
    show_more();
    if (more.hidden && last && last.nextElementSibling) {
      last.nextElementSibling.tabIndex = -1;
      last.nextElementSibling.focus();
    }
  });
  document.getElementById('calls-close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('click', event => { if (event.target === dialog) dialog.close(); });

  // What the cells of the table count: calls, intents, or the money of a currency.
  const measures = () => {
    const list = [{ name: 'calls', table: made.baseline_to_policy }];
    list.push({ name: 'intents', table: made.intents.baseline_to_policy });
    for (const money of made.money.currencies) {
      list.push({ name: money.currency || 'amount', table: money.baseline_to_policy });
    }
    return list;
  };

  const count_by = measure => {
    for (const button of document.querySelectorAll('.heat button')) {
      const { before, now } = button.dataset;
      const value = measure.table[before][now];
      button.textContent = value === null || value === '' ? '0' : grouped(value);
    }
  };

  const add_measures = () => {
    const field = make('fieldset');
    field.append(make('legend', '', 'Count'));
    for (const [index, measure] of measures().slice(0, 6).entries()) {
      const label = make('label');
      const input = make('input');
      input.type = 'radio';
      input.name = 'measure';
      input.checked = index === 0;
      input.addEventListener('change', () => count_by(measure));
      label.append(input, make('span', '', measure.name));
      field.append(label);
    }
    document.querySelector('.measures').append(field);
  };
  if (made && document.querySelector('.measures')) add_measures();
  window.addEventListener('beforeprint', () => {
    const first = document.querySelector('.measures input');
    if (first) first.click();
  });
})();
