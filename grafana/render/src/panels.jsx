// The panel types that the dashboards use, each drawn by the component of @grafana/ui that Grafana's own panel uses.
import { dateTime, getDisplayValueAlignmentFactors, getFieldDisplayValues } from '@grafana/data';
import { BarGauge, BigValue, TimeSeries, VizRepeater } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';

const clock = ({ from, to }) => {
  const range = { from: dateTime(from * 1000), to: dateTime(to * 1000) };
  return { ...range, raw: range };
};

/** One value for each series, with its name, color and course. */
const reduced = ({ fieldConfig, options }, data, theme) => getFieldDisplayValues({
  fieldConfig, reduceOptions: options.reduceOptions, replaceVariables: text => text, theme, data, timeZone: 'utc',
  sparkline: options.graphMode === 'area',
});

/** What is no number is a gap, as in Grafana's own panel. */
const withGaps = frame => ({
  ...frame, fields: frame.fields.map(it => ({ ...it, values: it.values.map(v => Number.isFinite(v) ? v : null) })),
});

const Graph = ({ panel, data, time, ...size }) =>
  <TimeSeries {...size} frames={data.map(withGaps)} timeRange={clock(time)} timeZone="utc" legend={panel.options.legend} options={{}} />;

const Values = ({ panel: { options }, values, draw, ...size }) =>
  <VizRepeater {...size} source={values} getValues={() => values} renderCounter={1} orientation={options.orientation}
    getAlignmentFactors={getDisplayValueAlignmentFactors} renderValue={draw} minVizHeight={options.minVizHeight} />;

function Stat({ panel, data, theme, ...size }) {
  const { options } = panel, values = reduced(panel, data, theme);
  const draw = ({ value: { display, sparkline }, ...rest }) =>
    <BigValue {...rest} theme={theme} value={display} sparkline={sparkline} colorMode={options.colorMode} graphMode={options.graphMode}
      justifyMode={options.justifyMode} textMode={options.textMode} text={options.text} />;
  return <Values {...size} {...{ panel, values, draw }} autoGrid />;
}

function Bars({ panel, data, theme, ...size }) {
  const { options } = panel, values = reduced(panel, data, theme);
  const draw = ({ value: { field, display, view, colIndex }, ...rest }) =>
    <BarGauge {...rest} theme={theme} field={field} display={view.getFieldDisplayProcessor(colIndex)} value={display} text={options.text}
      orientation={options.orientation} displayMode={options.displayMode} valueDisplayMode={options.valueMode}
      namePlacement={options.namePlacement} showUnfilled={options.showUnfilled} />;
  return <Values {...size} {...{ panel, values, draw }} itemSpacing={6} />;
}

const Rows = ({ panel: { options, fieldConfig }, data: [frame], theme, ...size }) =>
  <TableNG {...size} data={frame} cellHeight={options.cellHeight} sortBy={options.sortBy} showTypeIcons={false}
    fieldConfig={fieldConfig} />;

export const TYPES = { timeseries: Graph, stat: Stat, bargauge: Bars, table: Rows };
