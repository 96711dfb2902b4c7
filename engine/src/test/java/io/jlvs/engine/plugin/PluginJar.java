package io.jlvs.engine.plugin;

import io.jlvs.api.spi.Scheduler;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.jspecify.annotations.Nullable;
import org.pf4j.ExtensionPoint;
import org.pf4j.processor.ExtensionAnnotationProcessor;

/** A plugin made on the spot: sources are compiled, PF4J's processor writes the index, and all goes into a jar. */
final class PluginJar {

    private final Map<String, String> manifest = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> extras = new LinkedHashMap<>();

    PluginJar(String id) {
        manifest.put("Plugin-Id", id);
        manifest.put("Plugin-Version", "1.0.0");
        manifest.put("Plugin-Requires", ">=1.0.0 & <2.0.0");
    }

    /** A plugin with a scheduler that always picks the first server. */
    static PluginJar scheduler(String id, String schedulerName) {
        return new PluginJar(id).scheduler("Made", "\"" + schedulerName + "\"", "");
    }

    PluginJar version(String version) {
        return with("Plugin-Version", version);
    }

    /** Sets an entry of the manifest; null leaves it out. */
    PluginJar with(String entry, @Nullable String value) {
        if (value == null) {
            manifest.remove(entry);
        } else {
            manifest.put(entry, value);
        }
        return this;
    }

    /** Adds a class. */
    PluginJar source(String className, String source) {
        sources.put(className, source);
        return this;
    }

    /** Adds a scheduler class whose name() returns a Java expression, with further members. */
    PluginJar scheduler(String className, String nameExpression, String members) {
        return source(className, """
                package made;
                import io.jlvs.api.spi.*;
                @org.pf4j.Extension
                public class %s implements Scheduler {
                    %s
                    public String name() { return %s; }
                    public Picker prepare(ServerPool pool, Picker previous) {
                        return flow -> pool.eligible().getFirst();
                    }
                }
                """.formatted(className, members, nameExpression));
    }

    /** Adds a file, or takes one out if the content is null. */
    PluginJar file(String name, byte @Nullable [] content) {
        extras.put(name, content == null ? new byte[0] : content);
        return this;
    }

    /** Writes the jar beside its place, then moves it there at once. */
    Path writeTo(Path jar) throws IOException {
        var part = Files.createTempFile("jlvs-plugin-", ".part");
        try {
            Files.write(part, bytes());
            return Files.move(part, jar, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    byte[] bytes() throws IOException {
        var classes = Files.createTempDirectory("jlvs-plugin-classes-");
        try {
            compile(classes);
            for (var extra : extras.entrySet()) {
                write(classes.resolve(extra.getKey()), extra.getValue());
            }
            return pack(classes);
        } finally {
            try (var files = Files.walk(classes)) {
                files.sorted(Comparator.reverseOrder()).forEach(PluginJar::delete);
            }
        }
    }

    private void compile(Path classes) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var units = sources.entrySet().stream()
                .map(entry -> new Source(entry.getKey(), entry.getValue()))
                .toList();
        var path = Stream.of(Scheduler.class, ExtensionPoint.class, Nullable.class)
                .map(PluginJar::home)
                .collect(Collectors.joining(File.pathSeparator));
        var diagnostics = new DiagnosticCollector<JavaFileObject>();
        var task = compiler.getTask(
                null, null, diagnostics, List.of("-d", classes.toString(), "-cp", path, "-proc:full"), null, units);
        task.setProcessors(List.of(new ExtensionAnnotationProcessor()));
        if (!task.call()) {
            throw new AssertionError("the plugin's sources do not compile: " + diagnostics.getDiagnostics());
        }
    }

    private byte[] pack(Path classes) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes, manifest());
                var files = Files.walk(classes)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                if (Files.size(file) > 0) {
                    jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                    Files.copy(file, jar);
                }
            }
        }
        return bytes.toByteArray();
    }

    private Manifest manifest() {
        var attributes = new Manifest();
        attributes.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((name, value) -> attributes.getMainAttributes().putValue(name, value));
        return attributes;
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    private static void delete(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Source extends SimpleJavaFileObject {

        private final String code;

        Source(String className, String code) {
            super(URI.create("string:///made/" + className + ".java"), JavaFileObject.Kind.SOURCE);
            this.code = code;
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return code;
        }
    }
}
