package io.jlvs.engine.plugin;

import io.jlvs.api.bus.ApiVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a plugin of a jar: copies it aside, checks it, and asks what it offers. */
final class JarLoader {

    private static final Logger LOG = LoggerFactory.getLogger(JarLoader.class);

    private final Path workFolder;
    private final PluginOptions options;

    /** @param options what schedulers and modes are told */
    JarLoader(Path workFolder, PluginOptions options) {
        this.workFolder = workFolder;
        this.options = options;
    }

    /** Makes the work folder, and clears it of what an engine before left. */
    void prepareFolder() throws IOException {
        Files.createDirectories(workFolder);
        try (var leftOver = Files.newDirectoryStream(workFolder, JarContent::isCopy)) {
            for (var copy : leftOver) {
                Files.delete(copy);
            }
        }
    }

    /** Loads a jar. It is in nobody's service yet; whoever does not want it unloads it. */
    Plugin load(JarContent content) throws RejectedException {
        var copy = copy(content);
        var manager = new JarPluginManager(workFolder);
        Runnable unload = () -> unload(manager, copy);
        try {
            var wrapper = open(manager, copy);
            var offers = new OfferReader(content.jar(), options).read(instances(manager, wrapper));
            return new Plugin(
                    content.jar(),
                    wrapper.getPluginId(),
                    wrapper.getDescriptor().getVersion(),
                    content.hash(),
                    offers.schedulers(),
                    offers.modes(),
                    unload);
        } catch (RejectedException e) {
            unload.run();
            throw e;
        } catch (Throwable e) { // a stranger's code: errors of its class loading and static blocks included
            unload.run();
            throw new RejectedException("it can't be loaded", e);
        }
    }

    private Path copy(JarContent content) throws RejectedException {
        try {
            return content.copyTo(workFolder);
        } catch (IOException e) {
            throw new RejectedException("it can't be copied to " + workFolder, e);
        }
    }

    private static PluginWrapper open(JarPluginManager manager, Path copy) throws RejectedException {
        check(copy);
        var id = manager.loadPlugin(copy);
        var wrapper = manager.getPlugin(id);
        if (manager.startPlugin(id) != PluginState.STARTED) {
            throw new RejectedException("its Plugin-Class does not start", wrapper.getFailedException());
        }
        return wrapper;
    }

    private static void check(Path copy) throws RejectedException {
        PluginDescriptor descriptor;
        try {
            descriptor = new ManifestPluginDescriptorFinder().find(copy);
        } catch (Exception e) {
            throw new RejectedException("it is no readable jar with a manifest", e);
        }
        if (isBlank(descriptor.getPluginId()) || isBlank(descriptor.getVersion())) {
            throw new RejectedException("its manifest lacks Plugin-Id or Plugin-Version");
        }
        checkApiVersion(descriptor.getRequires());
    }

    private static void checkApiVersion(String requires) throws RejectedException {
        boolean fits;
        try {
            fits = new DefaultVersionManager().checkVersionConstraint(ApiVersion.CURRENT, requires);
        } catch (RuntimeException e) {
            throw new RejectedException(
                    "Plugin-Requires '" + requires + "' in its manifest is not understood;"
                            + " expected such as '>=1.0.0 & <2.0.0'",
                    e);
        }
        if (!fits) {
            throw new RejectedException("it requires API version " + requires + " but this engine has "
                    + ApiVersion.CURRENT + ": take a version of the plugin made for it");
        }
    }

    private static List<Object> instances(JarPluginManager manager, PluginWrapper wrapper) throws RejectedException {
        var classNames = manager.getExtensionClassNames(wrapper.getPluginId());
        if (classNames.isEmpty()) {
            throw new RejectedException("it offers nothing: META-INF/extensions.idx is missing or lists no class."
                    + " PF4J's annotation processor writes it; since JDK 23 it must be asked for:"
                    + " javac -proc:full, or name org.pf4j:pf4j in annotationProcessorPaths");
        }
        var instances = new ArrayList<Object>();
        for (var className : classNames) {
            try {
                var type = wrapper.getPluginClassLoader().loadClass(className);
                instances.add(manager.getExtensionFactory().create(type));
            } catch (Throwable e) { // whatever its constructor and static blocks throw
                throw new RejectedException("an object of its class " + className + " can't be made", e);
            }
        }
        return instances;
    }

    private static void unload(JarPluginManager manager, Path copy) {
        try {
            manager.unloadPlugins();
            Files.deleteIfExists(copy);
        } catch (IOException | RuntimeException | LinkageError e) {
            LOG.warn("the work copy {} of a plugin was not cleanly unloaded", copy, e);
        }
    }

    private static boolean isBlank(@Nullable String text) {
        return text == null || text.isBlank();
    }
}
