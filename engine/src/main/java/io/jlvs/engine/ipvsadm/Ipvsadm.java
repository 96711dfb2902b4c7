package io.jlvs.engine.ipvsadm;

public final class Ipvsadm {
    public Ipvsadm(io.jlvs.engine.registry.Registry r, io.jlvs.engine.stats.Statistics s, HostNames n) {}

    public Output run(java.util.List<String> a, String stdin) {
        return new Output(2, "", "not yet");
    }
}
