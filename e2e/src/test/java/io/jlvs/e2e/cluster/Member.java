package io.jlvs.e2e.cluster;

import io.jlvs.e2e.lab.Director;
import io.jlvs.e2e.lab.Finished;
import io.jlvs.e2e.lab.Host;
import io.vertx.core.json.JsonObject;
import java.io.UncheckedIOException;

/** A director of the cluster. */
record Member(String name, Host host, Director director) {

    private ControlSocket control() {
        return new ControlSocket(director.product().socket());
    }

    /** Makes a change, which must go well. */
    void change(String... words) {
        attempt(words).successful();
    }

    /** Runs a command of {@code ipvsadm}, whatever comes of it. */
    Finished attempt(String... words) {
        return control().ipvsadm(words);
    }

    /** All services and servers, in the words of {@code ipvsadm -Sn}. */
    String rules() {
        return attempt("-Sn").successful();
    }

    /** What {@code jlvs cluster status --json} tells. */
    JsonObject status() {
        return control().cluster();
    }

    /** Whether it runs, can make changes and sees so many directors. */
    boolean agreesWith(int directors) {
        try {
            var status = status();
            return status.getBoolean("writable") && here(status) == directors;
        } catch (UncheckedIOException _) {
            return false;
        }
    }

    /** How many directors it sees, itself included. */
    static long here(JsonObject status) {
        return status.getJsonArray("members").stream()
                .filter(member -> ((JsonObject) member).getString("state").equals("here"))
                .count();
    }

    /** Whether an address is on one of its interfaces. */
    boolean has(String address) {
        return host.run("ip", "-o", "address", "show").contains(" " + address + "/");
    }

    @Override
    public String toString() {
        return name;
    }
}
