package io.jlvs.api.report;

import java.time.Duration;

/**
 * What a director is.
 *
 * @param version of JLVS
 * @param api version of the API, see {@link io.jlvs.api.bus.ApiVersion}
 * @param dataPath {@code user} or {@code ebpf}
 * @param configuration version of the desired state
 */
public record DirectorReport(
        String version, String api, String dataPath, Duration uptime, long configuration, int services, int servers) {}
