import {
  BLUE, GREEN, ORANGE, RED, YELLOW, bothWays, chosen, column, dashboard, fact, figure, graph, one, query, row, rows, steps, table, verdict,
} from './panels.mjs';
import { bits, count, orZero, quantile, rate, sum } from './expressions.mjs';

const of = chosen('server="$server"');
const OF_SERVICE = 'protocol, service, mode';

/** Of the connections of all services that it is used in. */
const share = `${rate('', `jlvs_server_connections_total${of}`)} / sum(sum by (job, instance, protocol, service) `
  + `(rate(jlvs_server_connections_total${chosen()}[$__rate_interval])) and on (job, instance, protocol, service) jlvs_server_weight${of} > 0)`;

export default dashboard('server', 'real server', 'One real server, in all services that use it.', [
  one('server', 'Real server', 'label_values(jlvs_server_weight{job=~"$job", cluster=~"$cluster", instance=~"$instance"}, server)'),
], rows(
  row('', 5,
    verdict('In use by', 'Services that give it a weight above 0; 0 means that it gets no new connections.',
      orZero(count('', `count by (protocol, service) (jlvs_server_weight${of} > 0)`)), { thresholds: steps(YELLOW, [1, GREEN]) }),
    verdict('Not accepted', 'Of the connections scheduled to it, the share that it did not accept; known where a relay connects.',
      `max(clamp_min(server:jlvs_server_unaccepted:ratio_rate1m${of}, 0))`,
      { unit: 'percentunit', decimals: 1, thresholds: steps(GREEN, [0.01, ORANGE], [0.1, RED]), noValue: '–' }),
    figure('New connections', 'Connections scheduled to it, per second.', rate('', `jlvs_server_connections_total${of}`), { unit: 'cps' }),
    figure('Active', 'Its connections in SYN_RECV or ESTABLISHED now.', sum('', `jlvs_server_connections_active${of}`)),
    figure('Share', 'What part of the connections of its services it gets.', orZero(share), { unit: 'percentunit', decimals: 0 }),
    figure('Traffic', 'Bits per second in both directions.',
      `${bits('', `jlvs_server_received_bytes_total${of}`)} + ${bits('', `jlvs_server_transmitted_bytes_total${of}`)}`, { unit: 'bps' }),
    figure('Time to connect', 'Of a hundred connections, 99 were accepted faster than this.',
      quantile(0.99, '', 'jlvs_server_connect_latency_seconds', of), { unit: 's', thresholds: steps(GREEN, [0.1, YELLOW], [0.5, RED]), noValue: '–' }),
    fact('Forwarded by', 'Forwarding modes in which it is used.', query(`count by (mode) (jlvs_server_weight${of})`, '{{mode}}'), { text: 'name' }),
  ),
  row('', 6,
    table('Its services', 'What it does in each of them; a click opens the service.',
      {
        protocol: ['Protocol', column.width(80)],
        service: ['Service', column.link('Show the service', 'service', { service: 'Service' })],
        mode: ['Mode', column.width(80)],
      },
      [
        ['Weight', `avg by (${OF_SERVICE}) (jlvs_server_weight${of})`, column.colored('none', steps(YELLOW, [0.000001, GREEN]))],
        ['Connections', rate(OF_SERVICE, `jlvs_server_connections_total${of}`), column.gauge('cps')],
        ['Active', sum(OF_SERVICE, `jlvs_server_connections_active${of}`), column.gauge('short')],
        ['Inactive', sum(OF_SERVICE, `jlvs_server_connections_inactive${of}`), column.unit('short')],
        ['In', bits(OF_SERVICE, `jlvs_server_received_bytes_total${of}`), column.unit('bps', { decimals: 1 })],
        ['Out', bits(OF_SERVICE, `jlvs_server_transmitted_bytes_total${of}`), column.unit('bps', { decimals: 1 })],
      ], { sort: 'Connections' }),
  ),
  row('Load', 8,
    graph('New connections by service', 'Connections scheduled to it, per second.',
      query(rate('protocol, service', `jlvs_server_connections_total${of}`), '{{protocol}} {{service}}'), { unit: 'cps', stack: 'normal' }),
    graph('Connections', 'Active: SYN_RECV and ESTABLISHED. Inactive: any other state, and UDP sessions.',
      [query(sum('', `jlvs_server_connections_active${of}`), 'active'), query(sum('', `jlvs_server_connections_inactive${of}`), 'inactive')],
      { stack: 'normal' }),
    bothWays('Traffic by direction', 'Bits per second to clients above, from clients below the line.',
      bits('', `jlvs_server_received_bytes_total${of}`), bits('', `jlvs_server_transmitted_bytes_total${of}`), '', { unit: 'bps' }),
  ),
  row('Quality', 8,
    graph('Time to connect by share', 'How long it took to accept a connection.',
      [
        query(quantile(0.5, '', 'jlvs_server_connect_latency_seconds', of), 'half of them'),
        query(quantile(0.95, '', 'jlvs_server_connect_latency_seconds', of), '95 %'),
        query(quantile(0.99, '', 'jlvs_server_connect_latency_seconds', of), '99 %'),
      ], { unit: 's' }),
    graph('Weight', 'Its weight in each service; 0 is quiesced.',
      query(`max by (protocol, service) (jlvs_server_weight${of})`, '{{protocol}} {{service}}'), { decimals: 0, step: true, fill: 0 }),
    graph('New connections by director', 'Who sends it connections.',
      query(rate('instance', `jlvs_server_connections_total${of}`), '{{instance}}'), { unit: 'cps', stack: 'normal' }),
  ),
));
