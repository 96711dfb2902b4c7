import {
  RED, GREEN, YELLOW, ORANGE, bothWays, chosen, column, dashboard, figure, graph, query, row, rows, steps, table, verdict, wide, words,
} from './panels.mjs';
import { bits, count, increase, orZero, quantile, ofBusiest, rate, refusedShare, sum } from './expressions.mjs';

const all = chosen();
const SERVICE = 'protocol, service';

/** The services of the table: the fifty that get most connections. */
const busiest = `topk(50, ${rate(SERVICE, `jlvs_service_connections_total${all}`)})`;
const inTable = expr => `${expr} and on (${SERVICE}) ${busiest}`;

const withoutServer = `jlvs_service_info${all} unless on (job, instance, protocol, service) (jlvs_server_weight${all} > 0)`;

export default dashboard('overview', 'overview', 'Does traffic flow, where does it go, and what is wrong?', [], rows(
  row('', 5,
    figure('New connections', 'Connections scheduled to real servers, per second, of all services.',
      rate('', `jlvs_service_connections_total${all}`), { unit: 'cps' }),
    figure('Active', 'TCP connections in SYN_RECV or ESTABLISHED now.',
      sum('', `jlvs_server_connections_active${all}`)),
    figure('Traffic', 'Bits per second in both directions: payload in the user data path, IP packets in ebpf.',
      `${bits('', `jlvs_service_received_bytes_total${all}`)} + ${bits('', `jlvs_service_transmitted_bytes_total${all}`)}`,
      { unit: 'bps' }),
    verdict('Directors down', 'Directors that do not answer Prometheus.',
      orZero(count('', 'up{job=~"$job", cluster=~"$cluster", instance=~"$instance"} == 0'))),
    verdict('Services down', 'Virtual services that the data path can not take, or that have no server with a weight above 0.',
      `(${orZero(count('', `jlvs_service_up${all} == 0`))}) + (${orZero(count('', withoutServer))})`),
    verdict('Clients refused', 'Of all clients that came, the share that was turned away.',
      orZero(refusedShare('', all)), { unit: 'percentunit', decimals: 1, thresholds: steps(GREEN, [0.001, ORANGE], [0.05, RED]) }),
    verdict('Packets dropped', 'Packets that the kernel data path dropped, per second. The data path dashboard has the reasons.',
      orZero(rate('', `jlvs_datapath_dropped_packets_total${all}`)),
      { unit: 'pps', decimals: 1, thresholds: steps(GREEN, [0.1, ORANGE], [100, RED]) }),
    verdict('Alerts', 'Alerts of the shipped rules that fire now; the table below names them.',
      orZero(count('', 'ALERTS{alertstate="firing", alertname=~"Jlvs.*", instance=~"$instance|"}'))),
  ),
  row('', 8,
    wide(10, table('What is wrong', 'Alerts that fire now; empty when all is well. docs/runbook.md says what to do about each.',
      {
        severity: ['Severity', column.lamp(words({ critical: ['critical', RED], warning: ['warning', ORANGE], info: ['info', YELLOW] }))],
        alertname: ['Alert', column.width(215)],
        instance: ['Director', column.width(130)],
        service: 'Service',
      },
      [['', count('severity, alertname, instance, service',
        'ALERTS{alertstate="firing", alertname=~"Jlvs.*", instance=~"$instance|"}')]], { sort: 'Severity', rising: true })),
    wide(7, graph('New connections by service', 'The six services with the most connections.',
      query(ofBusiest(SERVICE, rate(SERVICE, `jlvs_service_connections_total${all}`), `jlvs_service_connections_total${all}`), '{{protocol}} {{service}}'), { unit: 'cps', stack: 'normal' })),
    wide(7, bothWays('Traffic by direction', 'Bits per second to clients above, from clients below the line.',
      bits('', `jlvs_service_received_bytes_total${all}`), bits('', `jlvs_service_transmitted_bytes_total${all}`), '', { unit: 'bps' })),
  ),
  row('Services', 9,
    table('Busiest services', 'The fifty services with the most connections; a click opens the service.',
      {
        protocol: ['Protocol', column.width(80)],
        service: ['Service', column.link('Show the service', 'service', { service: 'Service' })],
      },
      [
        ['State', inTable(`min by (${SERVICE}) (jlvs_service_up${all})`),
          column.lamp(words({ 1: ['up', GREEN], 0: ['down', RED] }), 80)],
        ['Usable servers', inTable(`min by (${SERVICE}) (sum by (instance, ${SERVICE}) (jlvs_server_weight${all} > bool 0) or 0 * sum by (instance, ${SERVICE}) (jlvs_service_up${all}))`),
          column.colored('none', steps(RED, [1, YELLOW], [2, GREEN]), 120)],
        ['Connections', busiest, column.gauge('cps')],
        ['Active', inTable(`${sum(SERVICE, `jlvs_server_connections_active${all}`)} or 0 * sum by (${SERVICE}) (jlvs_service_up${all})`), column.gauge('short')],
        ['In', inTable(bits(SERVICE, `jlvs_service_received_bytes_total${all}`)), column.unit('bps', { decimals: 1 })],
        ['Out', inTable(bits(SERVICE, `jlvs_service_transmitted_bytes_total${all}`)), column.unit('bps', { decimals: 1 })],
        ['Refused', inTable(rate(SERVICE, `jlvs_service_refused_total${all}`)),
          column.colored('cps', steps(GREEN, [0.000001, ORANGE], [1, RED]))],
      ], { sort: 'Connections' }),
  ),
  row('Where it goes', 8,
    graph('New connections by real server', 'The six real servers with the most connections.',
      query(ofBusiest('server', rate('server', `jlvs_server_connections_total${all}`), `jlvs_server_connections_total${all}`), '{{server}}'), { unit: 'cps' }),
    graph('Active connections by real server', 'The same real servers.',
      query(ofBusiest('server', sum('server', `jlvs_server_connections_active${all}`), `jlvs_server_connections_total${all}`), '{{server}}')),
    graph('New connections by director', 'What each director schedules.',
      query(rate('instance', `jlvs_service_connections_total${all}`), '{{instance}}'), { unit: 'cps', stack: 'normal' }),
  ),
  row('What goes wrong', 8,
    graph('Refused clients by reason', 'Clients turned away: no server, overload, a scheduler that refused.',
      query(`${rate('reason', `jlvs_service_refused_total${all}`)} > 0 or ${rate('reason', `jlvs_service_refused_total${chosen('reason="no-server"')}`)}`, '{{reason}}'),
      { softMax: 1, unit: 'cps', stack: 'normal' }),
    graph('Time to connect', 'How long real servers took to accept a connection.',
      [
        query(quantile(0.5, '', 'jlvs_server_connect_latency_seconds', all), 'half of them'),
        query(quantile(0.95, '', 'jlvs_server_connect_latency_seconds', all), '95 %'),
        query(quantile(0.99, '', 'jlvs_server_connect_latency_seconds', all), '99 %'),
      ], { unit: 's' }),
    graph('What happened', 'Changes of configuration and plugins, failures, overload: events per minute.',
      query(`${increase('type', `jlvs_events_total${chosen('type!~"connection.*"')}`, '1m')} > 0`, '{{type}}'),
      { decimals: 0, step: true, stack: 'normal' }),
  ),
));
