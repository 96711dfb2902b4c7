// From a panel's queries to frames with units, colors and names: transformations and overrides are Grafana's own.
import {
  FieldConfigOptionsRegistry, applyFieldOverrides, cacheFieldDisplayNames, identityOverrideProcessor, standardTransformers, standardTransformersRegistry,
  transformDataFrame,
} from '@grafana/data';
import { lastValueFrom } from 'rxjs';
import { frames } from './prometheus.js';
import { interpolate } from './variables.js';

const STANDARD = ['unit', 'decimals', 'min', 'max', 'fieldMinMax', 'displayName', 'noValue', 'color', 'thresholds', 'mappings', 'links'];
const CUSTOM = [
  'drawStyle', 'lineInterpolation', 'lineWidth', 'fillOpacity', 'gradientMode', 'showPoints', 'pointSize', 'stacking', 'spanNulls',
  'axisPlacement', 'axisLabel', 'axisCenteredZero', 'axisSoftMax', 'scaleDistribution', 'lineStyle', 'hideFrom', 'thresholdsStyle', 'transform',
  'cellOptions', 'width', 'align', 'inspect', 'hidden',
];

const options = new FieldConfigOptionsRegistry();
const option = (id, path, isCustom) => options.register({
  id, path, name: id, isCustom, editor: () => null, override: () => null, process: identityOverrideProcessor, shouldApply: () => true,
  settings: {},
});
STANDARD.forEach(id => option(id, id, false));
CUSTOM.forEach(id => option(`custom.${id}`, id, true));

const transformers = [...new Map(Object.values(standardTransformers).map(it => [it.id, it])).values()];
standardTransformersRegistry.setInit(() => transformers
  .map(it => ({ id: it.id, name: it.name, transformation: () => Promise.resolve(it), editor: () => null, imageDark: '', imageLight: '' })));

export async function load(panel, chosen, time, theme) {
  const several = panel.targets.length > 1;
  const asked = panel.targets.map(it => frames(it, interpolate(it.expr, chosen, time), several, time));
  const answered = (await Promise.all(asked)).flat().filter(it => it.fields.length);
  const data = panel.transformations ? await lastValueFrom(transformDataFrame(panel.transformations, answered)) : answered;
  const configured = applyFieldOverrides({
    data, fieldConfig: panel.fieldConfig, replaceVariables: text => text, theme, timeZone: 'utc', fieldConfigRegistry: options,
  });
  cacheFieldDisplayNames(configured);
  return configured;
}
