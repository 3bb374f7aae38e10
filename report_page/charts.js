// The charts: SVG by D3, coloured by the page's style, so that night and paper need no second
// drawing of colours. Each is drawn twice, as wide as its place and as wide as a column on paper.
// A chart shows nothing that the tables of its section do not say; so screen readers are spared it.
'use strict';

(() => {
  const { report, make, grouped } = dry_run;
  const made = report.comparison;
  const classes = ['allow', 'notify', 'gate', 'block', 'unknown'];
  const outcomes = classes.slice(0, 4);
  const paper_width = 340;

  const legend = (place, keys) => {
    const list = make('ul', 'legend');
    for (const key of keys) {
      const item = make('li', '', key);
      item.prepend(make('span', `swatch fill-${key} point-${key}`));
      list.append(item);
    }
    place.append(list);
  };

  const canvas = (place, css, width, height) => d3.select(place).append('svg')
    .attr('class', css).attr('viewBox', `0 0 ${width} ${height}`)
    .attr('width', width).attr('height', height).attr('aria-hidden', 'true');

  // Draws at the width of its place, again whenever that changes, and once for paper.
  const chart = (place, keys, height, draw) => {
    legend(place, keys);
    let drawn = 0;
    const on_screen = width => {
      if (width === drawn || width < 50) return;
      drawn = width;
      d3.select(place).select('svg.screen').remove();
      draw(canvas(place, 'screen', width, height), width, height);
    };
    on_screen(Math.floor(place.clientWidth));
    draw(canvas(place, 'paper', paper_width, height), paper_width, height);
    new ResizeObserver(() => on_screen(Math.floor(place.clientWidth))).observe(place);
  };

  const stacked = (row, keys) => {
    let end = 0;
    return keys.map(key => ({ key, from: end, to: end += row.counts[key] || 0 }));
  };

  const sum_down = (table, keys) => Object.fromEntries(keys.map(
    key => [key, Object.values(table).reduce((sum, row) => sum + (row[key] || 0), 0)]));
  const sum_across = table => Object.fromEntries(Object.entries(table).map(
    ([key, row]) => [key, Object.values(row).reduce((sum, value) => sum + value, 0)]));

  const outcome_rows = () => {
    if (made) {
      return [{ name: 'in force', counts: sum_across(made.baseline_to_policy) },
              { name: 'this policy', counts: sum_down(made.baseline_to_policy, classes) }];
    }
    const now = { name: 'this policy', counts: report.outcomes };
    if (!report.recorded) return [now];
    return [{ name: 'recorded', counts: sum_across(report.recorded.recorded_to_now) }, now];
  };

  const draw_outcomes = (svg, width, height, rows, keys) => {
    const left = 76;
    const most = d3.max(rows, row => d3.sum(keys, key => row.counts[key] || 0));
    const x = d3.scaleLinear().domain([0, most]).range([left, width - 20]);
    const y = d3.scaleBand().domain(rows.map(row => row.name)).range([0, height - 22])
      .paddingInner(0.25).paddingOuter(0.1);
    for (const row of rows) {
      const group = svg.append('g').attr('transform', `translate(0,${y(row.name)})`);
      group.append('text').attr('class', 'name').attr('x', left - 8).attr('y', y.bandwidth() / 2)
        .attr('dy', '0.35em').attr('text-anchor', 'end').text(row.name);
      for (const part of stacked(row, keys).filter(one => one.to > one.from)) {
        const wide = x(part.to) - x(part.from);
        group.append('rect').attr('class', `fill-${part.key}`).attr('x', x(part.from))
          .attr('width', Math.max(wide, 1)).attr('height', y.bandwidth());
        const words = grouped(part.to - part.from);
        if (wide < words.length * 7 + 2) continue;
        group.append('text').attr('class', `on-${part.key}`).attr('x', x(part.from) + wide / 2)
          .attr('y', y.bandwidth() / 2).attr('dy', '0.35em').attr('text-anchor', 'middle')
          .text(words);
      }
    }
    svg.append('g').attr('class', 'axis').attr('transform', `translate(0,${height - 22})`)
      .call(d3.axisBottom(x).ticks(Math.max(2, Math.floor(width / 130))).tickFormat(grouped)
        .tickSizeOuter(0));
  };

  // ---------------------------------------------------------------- days and caps, from their tables

  const rows_beside = place => [...place.parentElement.querySelector('tbody').rows]
    .map(row => [...row.cells]);
  const number_of = cell => Number(cell.textContent.replace(/[^0-9.]/g, '')) || 0;

  const day_ms = 86400000;
  const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov',
    'Dec'];
  const day_name = day => {
    const date = new Date(day * day_ms);
    return `${date.getUTCDate()} ${months[date.getUTCMonth()]}`;
  };

  // Of each policy the counts of each day, days without a call left out.
  const read_days = place => {
    const rows = rows_beside(place);
    const sides = rows[0].length > outcomes.length + 1 ? ['in force', 'this policy']
      : ['this policy'];
    const days = rows.map(cells => Date.parse(cells[0].firstChild.dateTime) / day_ms);
    return { days, sides: sides.map((name, side) => ({ name, counts: rows.map(
      cells => outcomes.map((_, k) => number_of(cells[1 + side * outcomes.length + k]))) })) };
  };

  // As many days together as it takes for a column to be wide enough.
  const bucketed = (read, columns) => {
    const first = read.days[0];
    const span = read.days[read.days.length - 1] - first + 1;
    const length = Math.ceil(span / columns);
    const count = Math.ceil(span / length);
    const sides = read.sides.map(side => {
      const buckets = d3.range(count).map(() => outcomes.map(() => 0));
      side.counts.forEach((counts, i) => {
        const bucket = buckets[Math.floor((read.days[i] - first) / length)];
        counts.forEach((value, k) => { bucket[k] += value; });
      });
      return { name: side.name, buckets };
    });
    return { first, length, count, sides };
  };

  const draw_columns = (panel, buckets, x, y) => {
    buckets.forEach((bucket, i) => {
      let end = 0;
      bucket.forEach((value, k) => {
        if (value === 0) return;
        panel.append('rect').attr('class', `fill-${outcomes[k]}`).attr('x', x(i))
          .attr('width', x.bandwidth()).attr('y', y(end + value))
          .attr('height', y(end) - y(end + value));
        end += value;
      });
    });
  };

  const draw_days = (svg, width, height, read) => {
    const left = 44;
    const { first, length, count, sides } = bucketed(read, Math.max(20, Math.floor(width / 9)));
    const tall = (height - 20) / sides.length;
    const most = d3.max(sides, side => d3.max(side.buckets, bucket => d3.sum(bucket)));
    const x = d3.scaleBand().domain(d3.range(count)).range([left, width - 4]).padding(0.12);
    sides.forEach((side, i) => {
      const panel = svg.append('g').attr('transform', `translate(0,${i * tall})`);
      const y = d3.scaleLinear().domain([0, most]).range([tall - 4, 20]);
      panel.append('text').attr('class', 'name').attr('x', left).attr('y', 12)
        .text(side.name + (length > 1 ? `, ${length} days a column` : ''));
      panel.append('g').attr('class', 'axis').attr('transform', `translate(${left},0)`)
        .call(d3.axisLeft(y).ticks(3).tickFormat(grouped).tickSizeOuter(0));
      draw_columns(panel, side.buckets, x, y);
    });
    const every = Math.ceil(count / Math.max(2, Math.floor((width - left) / 70)));
    svg.append('g').attr('class', 'axis').attr('transform', `translate(0,${height - 22})`)
      .call(d3.axisBottom(x).tickValues(d3.range(0, count, every))
        .tickFormat(i => day_name(first + i * length)).tickSizeOuter(0));
  };

  const read_caps = place => rows_beside(place).map(cells => ({
    name: `${cells[0].textContent}: ${cells[1].textContent}`,
    points: [3, 4, 5].map(i => number_of(cells[i])),
  })).filter(row => row.points[2] > 0);

  const draw_caps = (svg, width, height, rows) => {
    const left = Math.min(220, Math.floor(width * 0.42));
    const most = Math.max(100, d3.max(rows, row => row.points[2]));
    const x = d3.scaleLinear().domain([0, most]).range([left, width - 26]);
    const y = d3.scaleBand().domain(d3.range(rows.length)).range([0, height - 22]);
    svg.append('line').attr('class', 'cap').attr('x1', x(100)).attr('x2', x(100))
      .attr('y1', 0).attr('y2', height - 22);
    rows.forEach((row, i) => {
      const middle = y(i) + y.bandwidth() / 2;
      const room = Math.floor(left / 7.2) - 1;
      const name = row.name.length > room ? `${row.name.slice(0, room - 1)}…` : row.name;
      svg.append('text').attr('class', 'name').attr('x', left - 8).attr('y', middle)
        .attr('dy', '0.35em').attr('text-anchor', 'end').text(name);
      svg.append('line').attr('class', 'range').attr('x1', x(row.points[0]))
        .attr('x2', x(row.points[2])).attr('y1', middle).attr('y2', middle);
      ['p50', 'p95', 'highest'].forEach((point, k) => svg.append('circle')
        .attr('class', `point-${point}`).attr('cx', x(row.points[k])).attr('cy', middle)
        .attr('r', 4.5));
    });
    svg.append('g').attr('class', 'axis').attr('transform', `translate(0,${height - 22})`)
      .call(d3.axisBottom(x).ticks(Math.max(2, Math.floor(width / 130)))
        .tickFormat(value => `${grouped(value)} %`).tickSizeOuter(0));
  };

  for (const place of document.querySelectorAll('[data-chart="days"]')) {
    const read = read_days(place);
    chart(place, outcomes, 20 + 110 * read.sides.length,
          (svg, width, height) => draw_days(svg, width, height, read));
  }
  for (const place of document.querySelectorAll('[data-chart="caps"]')) {
    const rows = read_caps(place).slice(0, 12);
    if (rows.length === 0) continue;
    chart(place, ['p50', 'p95', 'highest'], 22 + 24 * rows.length,
          (svg, width, height) => draw_caps(svg, width, height, rows));
  }
  for (const place of document.querySelectorAll('[data-chart="outcomes"]')) {
    const rows = outcome_rows();
    const keys = made ? classes : outcomes;
    chart(place, keys, 22 + 44 * rows.length,
          (svg, width, height) => draw_outcomes(svg, width, height, rows, keys));
  }
})();
