package io.jlvs.e2e;

import io.jlvs.e2e.lab.Lab;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Directors of both data paths under load, and the Prometheus that scrapes them. */
final class Stage implements AutoCloseable {

    private final Running running = new Running();
    private final List<Scene> scenes = new ArrayList<>();

    private Stage() {}

    /** Starts a director that takes no privilege and, where there can be a lab, two in the kernel that are one cluster. */
    static Stage open() {
        var stage = new Stage();
        try {
            stage.furnish();
            return stage;
        } catch (RuntimeException | Error e) {
            stage.close();
            throw e;
        }
    }

    /** Starts a Prometheus that scrapes every director each second. */
    Prometheus prometheus() {
        return running.add(Prometheus.startWith(targets()), Prometheus::close);
    }

    /** Whether a director forwards in the kernel. */
    boolean hasKernel() {
        return scenes.size() > 1;
    }

    /** A service and a server under load, for dashboards that show one of them. */
    Map<String, String> choices() {
        return scenes.getLast().choices();
    }

    /** The names of dashboards, each with the choice that it needs: {@code service?service=10.0.0.1:80}. */
    List<String> chosen(List<Dashboard> dashboards) {
        return dashboards.stream()
                .map(Dashboard::name)
                .map(name -> choices().containsKey(name)
                        ? name + "?" + name + "=" + choices().get(name)
                        : name)
                .toList();
    }

    @Override
    public void close() {
        running.close();
    }

    private void furnish() {
        scenes.add(new RelayScene(running));
        if (Lab.whyNot().isEmpty()) {
            scenes.add(new KernelScene(running));
            scenes.add(new KernelScene(running));
        }
    }

    private String targets() {
        return scenes.stream().map(Stage::target).collect(Collectors.joining());
    }

    private static String target(Scene scene) {
        return """
            - targets: ["%s"]
              labels: {cluster: %s}
            """.formatted(scene.metrics(), scene.cluster());
    }
}
