package io.jlvs.engine.ipvsadm;

import io.jlvs.api.datapath.TrackedConnection;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The connection table in the columns of {@code ipvsadm -Lc}. */
final class ConnectionList {

    private static final String HEADING =
            "IPVS connection entries\n" + "pro expire state       source             virtual            destination";
    private static final String ENGINES = "        pe name          pe_data";

    private ConnectionList() {}

    /** @param withEngines whether there is a heading for what persistence engines know of a connection */
    static String of(List<TrackedConnection> connections, Naming naming, boolean withEngines) {
        var text = new StringBuilder(HEADING).append(withEngines ? ENGINES : "").append('\n');
        connections.forEach(connection -> text.append(line(connection, naming)));
        return text.toString();
    }

    private static String line(TrackedConnection connection, Naming naming) {
        var protocol = connection.protocol();
        return String.format(
                Locale.ROOT,
                "%-3s %-6s %-11s %-18s %-18s %s\n",
                protocol == null ? "IP" : protocol,
                minutes(connection.expires()),
                connection.state(),
                naming.of(connection.client(), protocol),
                naming.of(connection.virtual(), protocol),
                naming.of(connection.server(), protocol));
    }

    private static String minutes(Duration time) {
        return String.format(Locale.ROOT, "%02d:%02d", time.toMinutes(), time.toSecondsPart());
    }
}
