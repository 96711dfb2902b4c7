// The page of one dashboard: /?dashboard=NAME&seconds=N&step=N, and &VARIABLE=VALUE for what to choose.
// When everything is drawn the body has data-drawn; panels carry data-panel, and data-problem if something is wrong.
import { Component, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { createTheme, ThemeContext } from '@grafana/data';
import { GlobalStyles, PanelChrome, PortalContainer } from '@grafana/ui';
import { initPluginTranslations } from '@grafana/i18n';
import { load } from './data.js';
import { TYPES } from './panels.jsx';
import { choose } from './variables.js';

const theme = createTheme({ colors: { mode: 'dark' } });
const [WIDTH, ROW, GAP, HEAD] = [1400, 38, 8, 76];
const asked = new URLSearchParams(location.search);

function now() {
  const seconds = Number(asked.get('seconds') ?? 60), step = Number(asked.get('step') ?? 1);
  const to = Math.floor(Date.now() / 1000 / step) * step - step;
  return { from: to - seconds, to, seconds, step, interval: Math.max(4 * step, Number(asked.get('interval') ?? 10)) };
}

/** Keeps a panel that throws from taking the page along. */
class Guard extends Component {
  state = {};
  static getDerivedStateFromError = error => ({ error });
  componentDidCatch(error) { this.props.onProblem(String(error)); }
  render() { return this.state.error ? null : this.props.children; }
}

const hasMeaning = value => value !== null && value !== '' && !Number.isNaN(value);
const empty = data => !data.some(frame => frame.length && frame.fields.some(it => it.type !== 'time' && it.values.some(hasMeaning)));

function Panel({ panel, chosen, time, width, height, onDone }) {
  const [data, setData] = useState();
  const [problem, setProblem] = useState();
  useEffect(() => {
    load(panel, chosen, time, theme)
      .then(it => empty(it) ? setProblem('no data') : setData(it), error => setProblem(String(error)))
      .finally(onDone);
  }, []);
  const Type = TYPES[panel.type] ?? (() => { throw new Error(`no component for ${panel.type}`); });
  return (
    <div data-panel={panel.title} data-problem={problem}>
      <PanelChrome title={panel.title} description={panel.description} width={width} height={height} statusMessage={problem}>
        {(width, height) => data && !problem
          ? <Guard onProblem={setProblem}><Type {...{ panel, data, theme, time, width, height }} /></Guard>
          : <div style={{ padding: 12 }}>{problem}</div>}
      </PanelChrome>
    </div>
  );
}

const place = ({ x, y, w, h }) => ({
  left: x * WIDTH / 24 + GAP / 2, top: HEAD + y * ROW, width: w * WIDTH / 24 - GAP, height: h * ROW - GAP,
});

const Chip = ({ label, text }) => (
  <span style={{ display: 'inline-flex', border: `1px solid ${theme.colors.border.medium}`, borderRadius: 2, marginRight: 8, fontSize: 12 }}>
    {label && <b style={{ padding: '5px 8px', background: theme.colors.background.secondary, fontWeight: 500 }}>{label}</b>}
    <span style={{ padding: '5px 8px' }}>{text}</span>
  </span>
);

function Head({ dashboard, chosen, others }) {
  return (
    <div style={{ position: 'absolute', left: 8, right: 8, top: 8, color: theme.colors.text.primary }}>
      <div style={{ fontSize: 18, fontWeight: 500, paddingBottom: 8 }}>{dashboard.title}</div>
      {Object.entries(chosen).filter(([, it]) => !it.hidden).map(([name, it]) => <Chip key={name} label={it.label} text={it.text} />)}
      <span style={{ float: 'right' }}>{others.map(title => <Chip key={title} text={title} />)}</span>
    </div>
  );
}

function Dashboard({ dashboard, chosen, time, others }) {
  const panels = dashboard.panels.filter(it => it.type !== 'row');
  const [done, setDone] = useState(0);
  useEffect(() => { if (done === panels.length) document.body.dataset.drawn = 'true'; }, [done]);
  const height = HEAD + ROW * Math.max(...dashboard.panels.map(it => it.gridPos.y + it.gridPos.h));
  return (
    <ThemeContext.Provider value={theme}>
      <GlobalStyles />
      <div id="page" style={{ position: 'relative', width: WIDTH, height }}>
        <Head {...{ dashboard, chosen, others }} />
        {dashboard.panels.map(it => (
          <div key={it.id} style={{ position: 'absolute', ...place(it.gridPos) }}>
            {it.type === 'row'
              ? <div style={{ color: theme.colors.text.primary, fontSize: 14, fontWeight: 500, padding: '6px 4px' }}>⌄ {it.title}</div>
              : <Panel panel={it} chosen={chosen} time={time} {...place(it.gridPos)} onDone={() => setDone(n => n + 1)} />}
          </div>
        ))}
      </div>
      <PortalContainer />
    </ThemeContext.Provider>
  );
}

async function show() {
  await initPluginTranslations('jlvs');
  const read = async name => (await fetch(`/dashboards/${name}.json`)).json();
  const dashboard = await read(asked.get('dashboard'));
  const others = (asked.get('others') ?? '').split(',').filter(Boolean);
  const time = now();
  const chosen = await choose(dashboard, asked, time);
  createRoot(document.getElementById('root')).render(<Dashboard {...{ dashboard, chosen, time, others }} />);
}

show().catch(error => { document.body.dataset.failed = String(error); });
