package io.jlvs.cli.realserver;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What is to be done on a machine, in order. Making a plan changes nothing. */
record Plans(Machine machine, DecapProgram program) {

    /**
     * Silence about the address comes before the address, and so does what unwraps its packets.
     *
     * @throws IOException if our program is needed and can't be read
     */
    List<Step> setup(Request request) throws IOException {
        var kernel = KernelTunnel.of(request, machine);
        var inKernel = request.mode() == Mode.TUN && kernel.isThere();
        var sysctls = Sysctl.of(request);
        var all = inKernel
                ? Stream.concat(sysctls.stream(), kernel.sysctls().stream()).toList()
                : sysctls;
        var memory = Memory.of(machine).with(request, all, machine);

        var steps = new ArrayList<Step>();
        steps.add(memory.write(machine));
        sysctls.forEach(sysctl -> steps.add(sysctl.set()));
        if (inKernel) {
            steps.addAll(kernel.up());
        } else if (request.mode() == Mode.TUN) {
            steps.addAll(program.attach(request.withVips(memory.vips()), machine));
        }
        request.vips().forEach(vip -> steps.add(Loopback.add(vip)));
        return steps;
    }

    /**
     * The address goes before the silence about it. As long as other addresses are set up, what they share stays.
     *
     * @throws IOException if our program is needed for the other addresses and can't be read
     */
    List<Step> teardown(Request request) throws IOException {
        var present = Loopback.vips(machine);
        var rest = Memory.of(machine).without(request);
        var steps = new ArrayList<Step>();
        request.vips().stream().filter(present::contains).forEach(vip -> steps.add(Loopback.remove(vip)));
        if (rest.vips().isEmpty()) {
            steps.addAll(last(request, rest));
            return steps;
        }
        if (DecapProgram.isAttached(request.device(), machine)) {
            steps.addAll(program.attach(request.withVips(rest.vips()), machine));
        }
        steps.add(rest.write(machine));
        return steps;
    }

    private List<Step> last(Request request, Memory memory) {
        var steps = new ArrayList<>(DecapProgram.detach(request.device(), machine));
        if (steps.isEmpty() && request.mode() == Mode.TUN) {
            steps.addAll(KernelTunnel.of(request, machine).down());
        }
        memory.changes()
                .forEach((path, change) ->
                        steps.add(new Step("As it was before setup.", "echo " + change.before() + " >" + path)));
        steps.add(new Step("Nothing is left to remember.", "rm -f " + Memory.file(machine)));
        return steps;
    }
}
