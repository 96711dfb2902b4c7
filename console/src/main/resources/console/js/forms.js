// The fields of services and servers, and the payloads of the bus that they make.

/** @param service what it is now, or nothing for a new one: then its key is asked for as well */
export function serviceFields(schedulers, service) {
    const key = service
        ? []
        : [
              { name: 'protocol', label: 'Protocol', type: 'select', options: ['tcp', 'udp', 'sctp'], value: 'tcp' },
              { name: 'address', label: 'Virtual address', placeholder: '192.0.2.1', required: true },
              { name: 'port', label: 'Port', type: 'number', min: 0, max: 65535, required: true },
          ];
    const scheduler = service?.scheduler ?? 'wlc';
    return [
        ...key,
        {
            name: 'scheduler',
            label: 'Scheduler',
            type: 'select',
            options: schedulers.includes(scheduler) ? schedulers : [scheduler, ...schedulers],
            value: scheduler,
        },
        {
            name: 'persistence',
            label: 'Persistence, seconds',
            type: 'number',
            min: 0,
            max: 2678400,
            value: service?.persistence?.timeoutSeconds ?? 0,
            hint: 'a client keeps its server for so long; 0 is off',
        },
    ];
}

/** A service of such fields; what they do not ask for stays as it was. */
export function serviceOf(
    values,
    service = { protocol: values.protocol, address: values.address.trim(), port: Number(values.port) },
) {
    const { persistence, ...rest } = service;
    const seconds = Number(values.persistence);
    return {
        ...rest,
        scheduler: values.scheduler,
        ...(seconds > 0 ? { persistence: { ...persistence, timeoutSeconds: seconds } } : {}),
    };
}

export function serverFields(modes, { port, mode }) {
    const chosen = mode ?? (modes.includes('nat') ? 'nat' : modes[0]);
    return [
        { name: 'address', label: 'Address', placeholder: '10.0.0.11', required: true },
        { name: 'port', label: 'Port', type: 'number', min: 0, max: 65535, value: port, required: true },
        { name: 'mode', label: 'Forwarding mode', type: 'select', options: modes, value: chosen },
        { name: 'weight', label: 'Weight', type: 'number', min: 0, max: 2147483647, value: 1, required: true },
        {
            name: 'upperThreshold',
            label: 'Upper threshold',
            type: 'number',
            min: 0,
            max: 2147483647,
            value: 0,
            hint: 'connections at which no more come; 0 is none',
        },
        {
            name: 'lowerThreshold',
            label: 'Lower threshold',
            type: 'number',
            min: 0,
            max: 2147483647,
            value: 0,
            hint: 'connections below which they come again',
        },
    ];
}

export function serverOf({ address, port, mode, weight, upperThreshold, lowerThreshold }) {
    return {
        address: address.trim(),
        port: Number(port),
        mode,
        weight: Number(weight),
        upperThreshold: Number(upperThreshold),
        lowerThreshold: Number(lowerThreshold),
    };
}
