import { BLUE, GREEN, RED, YELLOW, chosen, dashboard, fact, figure, graph, query, row, rows, steps, verdict } from './panels.mjs';
import { count, rate, sum } from './expressions.mjs';

const all = chosen();
const heap = chosen('area="heap"');
const heapShare = `sum by (instance) (jvm_memory_used_bytes${heap}) / sum by (instance) (jvm_memory_max_bytes${heap} > 0)`;
const paused = `sum by (instance) (rate(jvm_gc_pause_seconds_sum${all}[$__rate_interval]))`;

export default dashboard('jvm', 'JVM', 'The Java virtual machine and the process of each director.', [], rows(
  row('', 5,
    verdict('Heap', 'How full the fullest heap is, of what it may grow to.', `max(${heapShare})`,
      { unit: 'percentunit', decimals: 0, thresholds: steps(GREEN, [0.8, YELLOW], [0.92, RED]) }),
    verdict('Paused', 'The share of time that garbage collection stops the director longest stopped.', `max(${paused})`,
      { unit: 'percentunit', decimals: 2, thresholds: steps(GREEN, [0.02, YELLOW], [0.1, RED]) }),
    verdict('Longest pause', 'The longest stop by garbage collection of late.', `max(jvm_gc_pause_seconds_max${all})`,
      { unit: 's', thresholds: steps(GREEN, [0.1, YELLOW], [0.5, RED]) }),
    verdict('Open files', 'Of the file descriptors that a director may have, the share in use.',
      `max(process_files_open_files${all} / process_files_max_files${all})`,
      { unit: 'percentunit', decimals: 1, thresholds: steps(GREEN, [0.6, YELLOW], [0.8, RED]) }),
    figure('Processor', 'What the directors use, of all processors of their machines.', `avg(process_cpu_usage${all})`,
      { unit: 'percentunit', decimals: 1 }),
    figure('Threads', 'Platform threads of all directors.', sum('', `jvm_threads_live_threads${all}`)),
    fact('Up for', 'The director that started last.', `min(process_uptime_seconds${all})`, { unit: 's', decimals: 0 }),
    fact('Java', 'Versions of the Java runtime.', query(count('java', `jlvs_build_info${all}`), '{{java}}'), { text: 'name' }),
  ),
  row('Memory', 8,
    graph('Heap by director', 'Used, and what is reserved of the machine for it.',
      [
        query(sum('instance', `jvm_memory_used_bytes${heap}`), '{{instance}} used'),
        query(sum('instance', `jvm_memory_committed_bytes${heap}`), '{{instance}} reserved'),
      ], { unit: 'bytes' }),
    graph('Heap by generation', 'Where the heap is used.', query(sum('id', `jvm_memory_used_bytes${heap}`), '{{id}}'), { unit: 'bytes', stack: 'normal' }),
    graph('Outside the heap', 'Code, classes and metadata.',
      query(sum('id', `jvm_memory_used_bytes${chosen('area="nonheap"')}`), '{{id}}'), { unit: 'bytes', stack: 'normal' }),
  ),
  row('Garbage collection', 8,
    graph('Time paused', 'The share of time that garbage collection stops everything.', query(paused, '{{instance}}'), { unit: 'percentunit' }),
    graph('Collections', 'Collections per second, by what they were.',
      query(rate('action, cause', `jvm_gc_pause_seconds_count${all}`), '{{action}}: {{cause}}'), { unit: 'cps' }),
    graph('Allocated', 'New objects, bytes per second.', query(rate('instance', `jvm_gc_memory_allocated_bytes_total${all}`), '{{instance}}'), { unit: 'Bps' }),
  ),
  row('Process', 8,
    graph('Processor by director', 'What the director uses, and what its machine uses in all.',
      [
        query(`max by (instance) (process_cpu_usage${all})`, '{{instance}} director'),
        query(`max by (instance) (system_cpu_usage${all})`, '{{instance}} machine'),
      ], { unit: 'percentunit', max: 1 }),
    graph('Threads by state', 'Platform threads; virtual threads are not among them.',
      query(sum('state', `jvm_threads_states_threads${all}`), '{{state}}'), { stack: 'normal' }),
    graph('Files', 'Open file descriptors: in the user data path two for each connection.',
      query(sum('instance', `process_files_open_files${all}`), '{{instance}}')),
  ),
  row('', 8,
    graph('Direct buffers', 'Memory of network buffers outside the heap.',
      query(sum('instance', `jvm_buffer_memory_used_bytes${chosen('id="direct"')}`), '{{instance}}'), { unit: 'bytes' }),
    graph('Classes', 'Loaded classes: grow with each plugin that is swapped in, and fall when it is gone.',
      query(sum('instance', `jvm_classes_loaded_classes${all}`), '{{instance}}')),
    graph('Load of the machine', 'Processes that run or want to, over one minute, and the processors there are.',
      [
        query(`max by (instance) (system_load_average_1m${all})`, '{{instance}} load'),
        query(`max by (instance) (system_cpus${all})`, '{{instance}} processors'),
      ]),
  ),
));
