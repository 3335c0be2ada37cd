"use strict";
/* Every [data-chart] of the page, drawn with ECharts in the colours of the style sheet. */
(() => {
  const drawn = new Map();
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

  function base(at) {
    const [muted, rule] = [colour("muted"), colour("rule")];
    return {
      animation: !calm.matches,
      animationDuration: 250,
      textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: muted },
      grid: { left: 4, right: 4, top: 12, bottom: 4, containLabel: true },
      tooltip: {
        trigger: "axis", renderMode: "richText", confine: true, axisPointer: { type: "shadow", shadowStyle: { opacity: 0.25 } },
        backgroundColor: colour("card"), borderColor: rule, textStyle: { color: colour("ink"), fontSize: 12 },
      },
      xAxis: {
        type: "category", data: at, axisTick: { show: false }, axisLine: { lineStyle: { color: rule } },
        axisLabel: { color: muted, fontSize: 11, hideOverlap: true, alignMaxLabel: "right", formatter: short },
      },
      yAxis: {
        type: "value", minInterval: 1, splitNumber: 3, axisLabel: { color: muted, fontSize: 11 },
        splitLine: { lineStyle: { color: rule, opacity: 0.6 } },
      },
    };
  }

  const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  function short(at) {
    const [year, month, day] = at.split(/[-T]/);
    if (at.includes("T")) return new Date(at).toTimeString().slice(0, 5);
    return day ? `${MONTHS[month - 1]} ${Number(day)}` : `${MONTHS[month - 1]} ${year}`;
  }

  const legend = () => ({ top: 0, right: 0, icon: "roundRect", itemWidth: 9, itemHeight: 9, textStyle: { color: colour("muted"), fontSize: 11 } });
  const bar = (name, data, color, more = {}) => ({ name, type: "bar", data, barMaxWidth: 18, itemStyle: { color, borderRadius: 1.5 }, ...more });

  const KINDS = {
    series: (value) => ({
      ...base(value.points.map(([at]) => at)),
      series: [bar("statements", value.points.map(([, n]) => n), colour("by"))],
      ...(value.brush && {
        toolbox: { show: false },
        brush: {
          toolbox: [], xAxisIndex: 0, brushMode: "single", transformable: false, outOfBrush: { colorAlpha: 0.3 },
          brushStyle: { color: colour("source-soft"), borderColor: colour("source"), opacity: 0.5 },
        },
      }),
    }),
    minutes: (value) => ({ ...base(value.map(([at]) => at)), series: [bar("articles", value.map(([, n]) => n), colour("sure"))] }),
    compare: (value) => {
      const at = [...new Set(value.series.flat().map(([when]) => when))].sort();
      return {
        ...base(at),
        series: value.series.map((points, index) => {
          const known = new Map(points);
          const paint = colour(["by", "about"][index]);
          return {
            name: value.names[index].slice(0, 40), type: "line", symbol: "none", data: at.map((when) => known.get(when) ?? 0),
            lineStyle: { color: paint, width: 2, type: index ? "dashed" : "solid" }, itemStyle: { color: paint },
          };
        }),
      };
    },
    dossier: (points) => ({
      ...base(points.map((p) => p.at)),
      grid: { left: 4, right: 4, top: 28, bottom: 4, containLabel: true },
      legend: legend(),
      series: [["by", "said"], ["about", "said about"], ["to", "said to"]]
        .map(([key, name]) => bar(name, points.map((p) => p[key]), colour(key), { stack: "all" })),
    }),
    pair: ({ left, right, points }) => {
      const hatched = { symbol: "rect", dashArrayX: [1, 0], dashArrayY: [2, 3], rotation: -0.7, color: colour("paper") };
      const event = (name, key, sign, paint, claim) => bar(name, points.map((p) => sign * p[key]), colour(paint), {
        stack: "events", xAxisIndex: 1, yAxisIndex: 1, itemStyle: { color: colour(paint), decal: claim ? hatched : { symbol: "none" } },
      });
      const one = base(points.map((p) => p.at));
      const spoken = points.some((p) => p.left_says || p.right_says);
      const done = points.some((p) => p.cooperation_fact || p.cooperation_claim || p.conflict_fact || p.conflict_claim);
      const both = spoken && done;
      const grids = [{ top: 44, height: both ? "28%" : "auto", bottom: both ? "auto" : 22 }, { top: both ? "54%" : 44, bottom: 22 }];
      const plain = (name, key, paint) => bar(name.slice(0, 40), points.map((p) => p[key]), colour(paint), {
        stack: "says", itemStyle: { color: colour(paint), decal: { symbol: "none" } },
      });
      return {
        ...one,
        aria: { enabled: true, decal: { show: true } },
        legend: { ...legend(), left: 0, right: "auto" },
        axisPointer: { link: [{ xAxisIndex: "all" }] },
        grid: grids.map((grid) => ({ left: 32, right: 4, ...grid })),
        xAxis: [
          { ...one.xAxis, gridIndex: 0, show: spoken, axisLabel: { ...one.xAxis.axisLabel, show: !done } },
          { ...one.xAxis, gridIndex: 1, show: done, axisLine: { ...one.xAxis.axisLine, onZero: false } },
        ],
        yAxis: [
          { ...one.yAxis, gridIndex: 0, show: spoken },
          { ...one.yAxis, gridIndex: 1, show: done, axisLabel: { ...one.yAxis.axisLabel, formatter: (n) => Math.abs(n) } },
        ],
        series: [
          ...(spoken ? [plain(`${left} says`, "left_says", "by"), plain(`${right} says`, "right_says", "about")] : []),
          ...(done ? [
            event("cooperation, reported", "cooperation_fact", 1, "cooperation", false),
            event("cooperation, claimed", "cooperation_claim", 1, "cooperation", true),
            event("conflict, reported", "conflict_fact", -1, "conflict", false),
            event("conflict, claimed", "conflict_claim", -1, "conflict", true),
          ] : []),
        ],
      };
    },
  };

  /* Keeps a search to the days or months that were brushed. */
  function brush(chart, value) {
    const form = document.getElementById("asking");
    chart.dispatchAction({ type: "takeGlobalCursor", key: "brush", brushOption: { brushType: "lineX", brushMode: "single" } });
    chart.on("brushEnd", ({ areas }) => {
      if (!areas.length) return;
      const [from, to] = areas[0].coordRange.map((n) => value.points[Math.min(Math.max(n, 0), value.points.length - 1)][0]);
      form.elements.since.value = from;
      form.elements.until.value = to;
      form.requestSubmit();
    });
  }

  function follow(chart, value) {
    const root = document.querySelector(".brand").getAttribute("href").slice(0, -1);
    chart.on("click", ({ name }) => location.assign(`${root}${value.to}?since=${name}&until=${name}`));
  }

  function draw(element) {
    drawn.get(element)?.dispose();
    const value = JSON.parse(element.dataset.value);
    const chart = echarts.init(element, null, { renderer: "canvas" });
    chart.setOption(KINDS[element.dataset.chart](value));
    if (value.brush) brush(chart, value);
    if (value.to) follow(chart, value);
    drawn.set(element, chart);
    sizes.observe(element);
  }

  const sizes = new ResizeObserver((entries) => {
    for (const { target } of entries) drawn.get(target)?.resize();
  });

  function drawAll(root) {
    for (const [element, chart] of drawn) {
      if (element.isConnected) continue;
      chart.dispose();
      sizes.unobserve(element);
      drawn.delete(element);
    }
    for (const element of root.querySelectorAll("[data-chart]")) if (!drawn.has(element)) draw(element);
  }

  drawAll(document);
  document.addEventListener("htmx:afterSettle", () => drawAll(document));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    for (const element of [...drawn.keys()]) draw(element);
  });
})();
