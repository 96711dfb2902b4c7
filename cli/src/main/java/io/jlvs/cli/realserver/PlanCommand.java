package io.jlvs.cli.realserver;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Makes a plan from the options, and prints or runs it. Exit codes: 0 done, 2 not. */
abstract class PlanCommand implements Callable<Integer> {

    private static final Pattern DEFAULT_ROUTE = Pattern.compile("^default .*?\\bdev (\\S+)", Pattern.MULTILINE);
    private static final Pattern INTERFACE = Pattern.compile("[^\\s/'\"$`\\\\;&|<>()*?!#]{1,15}");

    private final Machine machine = new ThisMachine();

    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--mode", required = true, description = "forwarding mode of the service: ${COMPLETION-CANDIDATES}")
    private Mode mode = Mode.DR;

    @Option(
            names = "--vip",
            required = true,
            paramLabel = "ADDRESS",
            converter = ToVip.class,
            description = "virtual address, IPv4 or IPv6; more than once for several")
    private List<Vip> vips = List.of();

    @Option(
            names = "--interface",
            paramLabel = "IF",
            description = "where packets of the director come in; otherwise that of the default route")
    private @Nullable String device;

    @Option(
            names = "--tunnel",
            defaultValue = "ipip",
            description = "how they are wrapped in mode tun: ${COMPLETION-CANDIDATES}; otherwise ${DEFAULT-VALUE}")
    private Tunnel tunnel = Tunnel.IPIP;

    @Option(
            names = "--port",
            defaultValue = "6080",
            paramLabel = "GUEPORT",
            description = "UDP port of gue; otherwise ${DEFAULT-VALUE}")
    private int port;

    @Option(names = "--print", description = "show what would be done, for sh, and change nothing")
    private boolean print;

    /** What there is to do. */
    abstract List<Step> plan(Plans plans, Request request) throws IOException;

    @Override
    public final Integer call() {
        var command = spec().commandLine();
        try {
            var program = Path.of(System.getProperty("jlvs.home", "."), "lib/bpf/decap.tc.bpf.o");
            var steps = plan(new Plans(machine, new DecapProgram(program.toAbsolutePath())), request());
            if (print) {
                Script.print(steps, command.getOut());
            } else {
                Script.run(steps);
            }
            return 0;
        } catch (IOException e) {
            command.getErr().println("jlvs: " + e.getMessage());
            return 2;
        }
    }

    private Request request() throws IOException {
        if (port < 1 || port > 65535) {
            throw new IOException("--port: " + port + " is not a port, 1 to 65535");
        }
        return new Request(mode, vips, device == null ? defaultDevice() : existing(device), tunnel, port);
    }

    private String existing(String name) throws IOException {
        if (INTERFACE.matcher(name).matches()
                && machine.ask("ip", "link", "show", "dev", name).isPresent()) {
            return name;
        }
        throw new IOException("--interface: there is no interface '" + name
                + "' here; 'ip link' shows those that are (package iproute2)");
    }

    private String defaultDevice() throws IOException {
        for (var family : List.of("-4", "-6")) {
            var routes =
                    machine.ask("ip", "-o", family, "route", "show", "default").orElse("");
            var found = DEFAULT_ROUTE.matcher(routes);
            if (found.find()) {
                return found.group(1);
            }
        }
        throw new IOException("there is no default route to tell the interface by: name it with --interface");
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec, "picocli sets it");
    }

    static final class ToVip implements ITypeConverter<Vip> {
        @Override
        public Vip convert(String text) {
            try {
                return Vip.of(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }
}
