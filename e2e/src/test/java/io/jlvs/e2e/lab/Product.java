package io.jlvs.e2e.lab;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * An installation of the assembled product, and the engine that its command line talks to.
 *
 * @param folder where both live
 */
public record Product(Path folder) {

    private static final Path ROOT =
            Path.of(System.getProperty("jlvs.root", "..")).toAbsolutePath().normalize();

    /** A file or folder of the product's source tree. */
    public static Path source(String path) {
        return ROOT.resolve(path);
    }

    /** Copies what was assembled, so that its plugins can be changed, to {@code folder/jlvs}; modification times stay. */
    public static Product copiedTo(Path folder) {
        var product = new Product(folder);
        run("cp", "-a", source("dist/target/jlvs").toString(), product.home().toString());
        run("chmod", "-R", "a+rX", product.home().toString());
        return product;
    }

    /** The folder with {@code bin}, {@code lib} and {@code plugins}. */
    public Path home() {
        return folder.resolve("jlvs");
    }

    /** The engine's control socket. */
    public Path socket() {
        return folder.resolve("jlvs.sock");
    }

    /** The folder that the engine watches. */
    public Path plugins() {
        return home().resolve("plugins");
    }

    /** A program of the product: {@code jlvs}, {@code ipvsadm}. */
    public String program(String name) {
        return home().resolve("bin").resolve(name).toString();
    }

    /** Runs {@code ipvsadm}; what it prints, if it went well. */
    public String ipvsadm(String... arguments) {
        return command("ipvsadm", "", arguments).successful();
    }

    /** Runs {@code jlvs}; what it prints, if it went well. */
    public String jlvs(String... arguments) {
        return command("jlvs", "", arguments).successful();
    }

    /** Runs one of its programs and feeds it {@code input}. */
    public Finished command(String name, String input, String... arguments) {
        return Finished.of(
                inItsEnvironment(Stream.concat(Stream.of(program(name)), Stream.of(arguments))
                        .toList()),
                input);
    }

    /** A command that finds this installation and talks to its engine. */
    public ProcessBuilder inItsEnvironment(List<String> command) {
        var builder = new ProcessBuilder(command).directory(folder.toFile());
        var environment = builder.environment();
        var jdk = System.getProperty("java.home");
        environment.put("JAVA_HOME", jdk);
        environment.put("JLVS_HOME", home().toString());
        environment.put("JLVS_SOCKET", socket().toString());
        environment.merge(
                "PATH", home().resolve("bin") + ":" + jdk + "/bin:/usr/bin:/bin", (old, ours) -> ours + ":" + old);
        return builder;
    }

    private static void run(String... command) {
        Finished.of(new ProcessBuilder(command), "").successful();
    }
}
