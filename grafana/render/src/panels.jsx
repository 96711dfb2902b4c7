// The panel types that the dashboards use, each drawn by the component of @grafana/ui that Grafana's own panel uses.
import { dateTime, FieldType, getDisplayProcessor, getFieldDisplayName, reduceField, VizOrientation } from '@grafana/data';
import { BarGauge, BigValue, TimeSeries, VizRepeater } from '@grafana/ui';
import { TableNG } from '@grafana/ui/unstable';

const clock = ({ from, to }) => {
  const range = { from: dateTime(from * 1000), to: dateTime(to * 1000) };
  return { ...range, raw: range };
};

const isValue = field => field.type === FieldType.number && !field.config.custom?.hidden;

/** One value for each series, with its name, color and course. */
function reduced(data, { reduceOptions }, theme) {
  const [calc] = reduceOptions.calcs;
  return data.flatMap(frame => frame.fields.filter(isValue).map(field => {
    const value = reduceField({ field, reducers: [calc] })[calc];
    const display = (field.display ?? getDisplayProcessor({ field, theme }))(value);
    return { field, display: { ...display, title: getFieldDisplayName(field, frame, data) }, course: { y: field, x: frame.fields[0] } };
  }));
}

const Graph = ({ panel, data, time, ...size }) =>
  <TimeSeries {...size} frames={data} timeRange={clock(time)} timeZone="utc" legend={panel.options.legend} options={{}} />;

function Stat({ panel: { options }, data, theme, width, height }) {
  const values = reduced(data, options, theme);
  const draw = ({ value: { field, display, course }, ...size }) =>
    <BigValue {...size} theme={theme} value={display} colorMode={options.colorMode} graphMode={options.graphMode}
      justifyMode={options.justifyMode} text={options.text} textMode={options.textMode === 'auto' && values.length === 1 ? 'value' : options.textMode}
      sparkline={options.graphMode === 'area' ? course : undefined} />;
  return <VizRepeater width={width} height={height} source={data} getValues={() => values} renderCounter={1} autoGrid
    orientation={VizOrientation.Auto} renderValue={draw} />;
}

function Bars({ panel: { options }, data, theme, width, height }) {
  const values = reduced(data, options, theme);
  const draw = ({ value: { field, display }, ...size }) =>
    <BarGauge {...size} theme={theme} field={field.config} display={field.display} value={display} orientation={options.orientation}
      displayMode={options.displayMode} valueDisplayMode={options.valueMode} namePlacement={options.namePlacement} text={options.text} showUnfilled={options.showUnfilled} />;
  return <VizRepeater width={width} height={height} source={data} getValues={() => values} renderCounter={1} itemSpacing={6}
    getAlignmentFactors={it => ({ title: longest(it, 'title'), text: longest(it, 'text') })}
    orientation={options.orientation} minVizHeight={options.minVizHeight} renderValue={draw} />;
}

const longest = (values, part) => values.map(it => it.display[part] ?? '').reduce((a, b) => b.length > a.length ? b : a, '');

const Rows = ({ panel: { options, fieldConfig }, data: [frame], theme, ...size }) =>
  <TableNG {...size} data={frame} cellHeight={options.cellHeight} initialSortBy={options.sortBy} showTypeIcons={false}
    fieldConfig={fieldConfig} />;

export const TYPES = { timeseries: Graph, stat: Stat, bargauge: Bars, table: Rows };
