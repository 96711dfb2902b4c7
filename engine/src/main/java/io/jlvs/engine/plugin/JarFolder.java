package io.jlvs.engine.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * The plugins folder, looked at again and again: tells which jars have come, changed or gone, each only after it has held
 * still for a while, so that no half-copied jar is taken. For one thread.
 */
final class JarFolder {

    /** How long a jar must hold still. */
    static final Duration SETTLE = Duration.ofMillis(100);

    /** How long a jar that is no zip file must hold still to count as broken, not as half-copied. */
    static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Path folder;
    private final InstantSource clock;
    private final Map<String, Sight> sights = new HashMap<>();
    private final Map<String, Print> taken = new HashMap<>();

    JarFolder(Path folder, InstantSource clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /**
     * What settled since the last look.
     *
     * @param gone names of jars that are no longer there
     * @param come jars that are new or changed, by name
     * @param restless whether something has not settled yet: look again soon
     */
    record Changes(List<String> gone, List<Path> come, boolean restless) {}

    /** A file as it was at one moment. */
    private record Print(
            long size, FileTime modified, @Nullable Object inode) {}

    /** @param print null while there is no file */
    private record Sight(@Nullable Print print, Instant since) {}

    /**
     * Looks again.
     *
     * @throws IOException if the folder can't be read
     */
    Changes look() throws IOException {
        var now = scan();
        var names = new TreeSet<>(now.keySet());
        names.addAll(taken.keySet());
        sights.keySet().retainAll(names);
        var changes = new Changes(new ArrayList<>(), new ArrayList<>(), false);
        boolean restless = false;
        for (var name : names) {
            restless |= !settle(name, now.get(name), changes);
        }
        return new Changes(changes.gone(), changes.come(), restless);
    }

    /** Whether a jar is still as it was when it was told. */
    boolean isAsTold(String name) {
        return Objects.equals(print(folder.resolve(name)), taken.get(name));
    }

    /** Lets a jar that was told before be told again by the next look. */
    void forget(String name) {
        taken.remove(name);
    }

    private boolean settle(String name, @Nullable Print now, Changes changes) {
        var sight = sights.get(name);
        if (sight == null || !Objects.equals(sight.print(), now)) {
            sight = new Sight(now, clock.instant());
            sights.put(name, sight);
        }
        if (Objects.equals(now, taken.get(name))) {
            return true;
        }
        var held = Duration.between(sight.since(), clock.instant());
        if (held.compareTo(SETTLE) < 0 || (now != null && held.compareTo(PATIENCE) < 0 && !isZip(name))) {
            return false;
        }
        if (now == null) {
            taken.remove(name);
            changes.gone().add(name);
        } else {
            taken.put(name, now);
            changes.come().add(folder.resolve(name));
        }
        return true;
    }

    private Map<String, Print> scan() throws IOException {
        var prints = new HashMap<String, Print>();
        try (var files = Files.newDirectoryStream(folder, "*.jar")) {
            for (var file : files) {
                var print = print(file);
                if (print != null) {
                    prints.put(file.getFileName().toString(), print);
                }
            }
        }
        return prints;
    }

    private static @Nullable Print print(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            return attributes.isRegularFile()
                    ? new Print(attributes.size(), attributes.lastModifiedTime(), attributes.fileKey())
                    : null;
        } catch (IOException e) { // deleted since it was listed
            return null;
        }
    }

    private boolean isZip(String name) {
        try (var zip = new ZipFile(folder.resolve(name).toFile())) {
            return zip.size() >= 0;
        } catch (IOException e) {
            return false;
        }
    }
}
