// The charts: SVG by D3, coloured by the page's style, so that night and paper need no second
// drawing of colours. Each is drawn twice, as wide as its place and as wide as a column on paper.
// A chart shows nothing that the table beside it does not say; so screen readers are spared it.
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
      item.prepend(make('span', `swatch fill-${key}`));
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
        if (wide < words.length * 8 + 6) continue;
        group.append('text').attr('class', `on-${part.key}`).attr('x', x(part.from) + wide / 2)
          .attr('y', y.bandwidth() / 2).attr('dy', '0.35em').attr('text-anchor', 'middle')
          .text(words);
      }
    }
    svg.append('g').attr('class', 'axis').attr('transform', `translate(0,${height - 22})`)
      .call(d3.axisBottom(x).ticks(Math.max(2, Math.floor(width / 130))).tickFormat(grouped)
        .tickSizeOuter(0));
  };

  for (const place of document.querySelectorAll('[data-chart="outcomes"]')) {
    const rows = outcome_rows();
    const keys = made ? classes : outcomes;
    chart(place, keys, 22 + 44 * rows.length,
          (svg, width, height) => draw_outcomes(svg, width, height, rows, keys));
  }
})();
