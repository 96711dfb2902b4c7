import {
  BLUE, GREEN, ORANGE, RED, YELLOW, bars, bothWays, chosen, dashboard, fact, figure, graph, query, row, rows, steps, verdict,
} from './panels.mjs';
import { bits, count, orZero, quantile, rate, sum } from './expressions.mjs';

const all = chosen();
const FULL = steps(GREEN, [0.7, YELLOW], [0.9, RED]);
const fill = (labels, of) => `max by (${labels}) (jlvs_datapath_table_entries${of} / jlvs_datapath_table_capacity${of})`;
const durations = (name, window) => [[0.5, 'half of them'], [0.99, '99 %']]
  .map(([q, legend]) => query(quantile(q, 'instance', name, all, window), `{{instance}} ${legend}`));

export default dashboard('datapath', 'data path', 'What the kernel does with packets: drops, tables, and what it asks of the engine.', [], rows(
  row('', 5,
    verdict('Connection table', 'How full the fullest one is. Full, it forgets the connections that were silent longest.',
      orZero(`max(jlvs_datapath_table_entries${chosen('table="connections"')} / jlvs_datapath_table_capacity${chosen('table="connections"')})`),
      { unit: 'percentunit', decimals: 1, thresholds: FULL }),
    verdict('Packets dropped', 'Packets dropped for any reason, per second.', orZero(rate('', `jlvs_datapath_dropped_packets_total${all}`)),
      { unit: 'pps', decimals: 1, thresholds: steps(GREEN, [0.1, ORANGE], [100, RED]) }),
    verdict('Lost in the rings', 'Events and questions that found no room on their way from the kernel to the engine, per second.',
      orZero(rate('', `jlvs_datapath_events_lost_total${all}`)), { unit: 'cps', decimals: 1 }),
    verdict('Overload', 'Resources that directors are short of; they shed new connections.', `sum(jlvs_overloaded${all})`),
    figure('Packets', 'Packets per second from and to clients.',
      `${rate('', `jlvs_service_received_packets_total${all}`)} + ${rate('', `jlvs_service_transmitted_packets_total${all}`)}`, { unit: 'pps' }),
    figure('Traffic', 'Bits per second in both directions.',
      `${bits('', `jlvs_service_received_bytes_total${all}`)} + ${bits('', `jlvs_service_transmitted_bytes_total${all}`)}`, { unit: 'bps' }),
    figure('Asked', 'First packets for which the kernel asked a scheduler in the engine, per second.',
      orZero(rate('', `jlvs_datapath_asked_packets_total${all}`)), { unit: 'pps' }),
    fact('Kind', 'Data paths that run, and on how many directors.', query(count('kind', `jlvs_datapath_info${all}`), '{{kind}}'),
      { text: 'value_and_name' }),
  ),
  row('Packets', 8,
    bothWays('Packets by direction', 'Packets per second to clients above, from clients below the line.',
      rate('instance', `jlvs_service_received_packets_total${all}`), rate('instance', `jlvs_service_transmitted_packets_total${all}`),
      '{{instance}}', { unit: 'pps' }),
    bothWays('Traffic by direction', 'Bits per second to clients above, from clients below the line.',
      bits('instance', `jlvs_service_received_bytes_total${all}`), bits('instance', `jlvs_service_transmitted_bytes_total${all}`),
      '{{instance}}', { unit: 'bps' }),
    graph('Packets by forwarding mode', 'Packets from clients, by how they are forwarded.',
      query(rate('mode', `jlvs_server_received_packets_total${all}`), '{{mode}}'), { unit: 'pps', stack: 'normal' }),
  ),
  row('Drops', 8,
    graph('Drops by reason', 'Packets dropped, per second. docs/metrics.md says what each reason means.',
      query(`${rate('reason', `jlvs_datapath_dropped_packets_total${all}`)} > 0`, '{{reason}}'), { unit: 'pps', bars: true, stack: 'normal' }),
    bars('Drops in the last hour', 'How many packets were dropped for each reason.',
      query(`sort_desc(sum by (reason) (increase(jlvs_datapath_dropped_packets_total${all}[1h])))`, '{{reason}}'),
      { thresholds: steps(GREEN, [1, ORANGE]) }),
    graph('Drops by director', 'Who drops.', query(rate('instance', `jlvs_datapath_dropped_packets_total${all}`), '{{instance}}'), { unit: 'pps' }),
  ),
  row('Tables', 8,
    bars('Fill of the tables', 'Entries as part of what there is room for, on the fullest director.',
      query(fill('table', all), '{{table}}'), { unit: 'percentunit', max: 1, thresholds: FULL }),
    graph('Entries', 'Entries of the tables that change with traffic; a connection whose answers pass the director has two.',
      query(sum('instance, table', `jlvs_datapath_table_entries${chosen('table=~"connections|templates"')}`), '{{instance}} {{table}}')),
    graph('Connections in the table by state', 'Active: SYN_RECV and ESTABLISHED. Inactive: any other state, and UDP sessions.',
      [query(sum('', `jlvs_server_connections_active${all}`), 'active'), query(sum('', `jlvs_server_connections_inactive${all}`), 'inactive')],
      { stack: 'normal' }),
  ),
  row('Kernel and engine', 8,
    graph('Sweep', 'How long it took to go over the connections for those that have ended; done once a second.',
      durations('jlvs_datapath_sweep_duration_seconds'), { unit: 's', fill: 0 }),
    graph('Changes', 'How long it took until a change of configuration was in effect, of those in ten minutes.',
      durations('jlvs_datapath_apply_duration_seconds', '[10m]'), { unit: 's', fill: 0 }),
    graph('Asked and lost', 'First packets for which the kernel asked a scheduler, and what found no room in the rings, per second.',
      [
        query(rate('instance', `jlvs_datapath_asked_packets_total${all}`), '{{instance}} asked'),
        query(rate('ring', `jlvs_datapath_events_lost_total${all}`), 'lost: {{ring}}'),
      ], { unit: 'pps' }),
  ),
));
