import {
  BLUE, GREEN, ORANGE, RED, YELLOW, chosen, column, dashboard, fact, figure, graph, query, row, rows, steps, table, verdict, words,
} from './panels.mjs';
import { bits, count, orZero, quantile, rate, sum } from './expressions.mjs';

const all = chosen();
const answering = 'up{job=~"$job", cluster=~"$cluster", instance=~"$instance"}';
const DIRECTOR = 'cluster, instance';
const each = expr => `max by (${DIRECTOR}) (${expr})`;

const work = rate(DIRECTOR, `jlvs_service_connections_total${all}`);

/** How many configurations the directors of a cluster follow. */
const configurations = `count by (cluster) (count_values by (cluster) ("checksum", jlvs_configuration_checksum${all}))`;

export default dashboard('cluster', 'cluster', 'Directors side by side: do they agree, and do they share the work?', [], rows(
  row('', 5,
    verdict('Directors down', 'Directors that do not answer Prometheus.', orZero(count('', `${answering} == 0`))),
    verdict('Clusters split', 'Clusters whose directors do not follow the same services and servers.', orZero(count('', `${configurations} > 1`))),
    verdict('Versions', 'Versions of JLVS in use; more than one is right only while you upgrade.',
      `count(count by (version) (jlvs_build_info${all}))`, { thresholds: steps(GREEN, [2, YELLOW]) }),
    verdict('Services down', 'Services that a director can not take.', orZero(count('', `jlvs_service_up${all} == 0`))),
    fact('Directors', 'Directors that answer.', orZero(count('', `${answering} == 1`))),
    fact('Clusters', 'Groups of directors, by the label that the scrape configuration gives them.', `count(count by (cluster) (jlvs_build_info${all}))`),
    figure('New connections', 'Connections scheduled by all of them, per second.', rate('', `jlvs_service_connections_total${all}`), { unit: 'cps' }),
    figure('Evenness', 'Connections of the director that gets least, as part of what the busiest of its cluster gets: 100 % is even.',
      `min(min by (cluster) (${work}) / max by (cluster) (${work} > 0))`, { unit: 'percentunit', decimals: 0 }),
  ),
  row('', 7,
    table('Directors of each cluster', 'One line for each director; a click shows it alone.',
      {
        cluster: ['Cluster', column.width(90)],
        instance: ['Director', column.link('Show this director', 'overview', { instance: 'Director' })],
      },
      [
        ['State', each(answering), column.lamp(words({ 1: ['up', GREEN], 0: ['DOWN', RED] }), 80)],
        ['Up for', each(`process_uptime_seconds${all}`), column.unit('s', { decimals: 0, width: 90 })],
        ['Services', each(`jlvs_services${all}`), column.unit('none', { width: 80 })],
        ['Servers', each(`jlvs_servers${all}`), column.unit('none', { width: 80 })],
        ['Configuration', each(`jlvs_configuration_version${all}`), column.unit('none', { width: 110 })],
        ['Checksum', each(`jlvs_configuration_checksum${all}`), column.unit('none', { width: 120 })],
        ['Connections', work, column.gauge('cps')],
        ['Active', sum(DIRECTOR, `jlvs_server_connections_active${all}`), column.gauge('short')],
        ['Out', bits(DIRECTOR, `jlvs_service_transmitted_bytes_total${all}`), column.unit('bps', { decimals: 1, width: 100 })],
        ['Processor', each(`process_cpu_usage${all}`), column.colored('percentunit', steps(GREEN, [0.6, YELLOW], [0.85, RED]), 90)],
      ]),
  ),
  row('Work', 8,
    graph('New connections by director', 'Connections scheduled, per second.',
      query(rate('instance', `jlvs_service_connections_total${all}`), '{{instance}}'), { unit: 'cps' }),
    graph('Active connections by director', 'Connections in SYN_RECV or ESTABLISHED.',
      query(sum('instance', `jlvs_server_connections_active${all}`), '{{instance}}')),
    graph('Traffic by director', 'Bits per second to and from clients.',
      query(`${bits('instance', `jlvs_service_received_bytes_total${all}`)} + ${bits('instance', `jlvs_service_transmitted_bytes_total${all}`)}`, '{{instance}}'),
      { unit: 'bps' }),
  ),
  row('Agreement', 8,
    graph('Configurations in each cluster', 'Different sets of services and servers that its directors follow; 1 when they agree.',
      query(configurations, '{{cluster}}'), { decimals: 0, step: true, thresholds: steps(GREEN, [2, RED]) }),
    graph('Changes by director', 'Changes of the configuration, per minute.',
      query(`sum by (instance) (changes(jlvs_configuration_version${all}[1m]))`, '{{instance}}'), { decimals: 0, step: true }),
    graph('Services of each director', 'Services that it has, less those that it can not take.',
      query(sum('instance', `jlvs_service_up${all}`), '{{instance}}'), { decimals: 0, step: true, fill: 0 }),
  ),
  row('Connection synchronisation', 8,
    graph('Connections told', 'Connections and templates told to other directors, and those lost since the way there did not keep up, per second.',
      [
        query(orZero(rate('instance', `jlvs_sync_sent_entries_total${all}`)), '{{instance}}'),
        query(orZero(rate('', `jlvs_sync_dropped_entries_total${all}`)), 'lost'),
      ], { softMax: 1, unit: 'cps' }),
    graph('Connections taken', 'What became of those that other directors told, and messages of which nothing was taken, per second.',
      [
        query(orZero(rate('outcome', `jlvs_sync_received_entries_total${all}`)), '{{outcome}}'),
        query(orZero(rate('reason', `jlvs_sync_refused_messages_total${all}`)), 'messages refused: {{reason}}'),
      ], { softMax: 1, unit: 'cps' }),
    graph('Messages', 'Synchronisation messages per second, and their bytes.',
      [
        query(orZero(rate('', `jlvs_sync_sent_messages_total${all}`)), 'sent'),
        query(orZero(rate('', `jlvs_sync_received_messages_total${all}`)), 'received'),
        query(orZero(rate('', `jlvs_sync_sent_bytes_total${all}`)), 'bytes sent'),
      ], { softMax: 1, unit: 'short' }),
  ),
  row('Trouble', 8,
    graph('Refused clients by director', 'Clients turned away, per second.',
      query(rate('instance', `jlvs_service_refused_total${all}`), '{{instance}}'), { softMax: 1, unit: 'cps' }),
    graph('Drops by director', 'Packets dropped, per second; only where the kernel forwards.',
      query(rate('instance', `jlvs_datapath_dropped_packets_total${all}`), '{{instance}}'), { softMax: 1, unit: 'pps' }),
    graph('Time to connect by director', 'Of a hundred connections, 99 were accepted faster than this.',
      query(quantile(0.99, 'instance', 'jlvs_server_connect_latency_seconds', all), '{{instance}}'), { unit: 's' }),
  ),
));
