package io.jlvs.engine.ipvsadm;

public interface HostNames {
    static HostNames ofSystem() {
        return new HostNames() {};
    }
}
