package io.jlvs.engine.plugin;

import java.net.URL;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.pf4j.DefaultPluginManager;
import org.pf4j.JarPluginLoader;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginLoader;

/** PF4J for one plugin in one jar: a manager each, so that a bad plugin can't touch another. */
final class JarPluginManager extends DefaultPluginManager {

    private static final String INDEX = "META-INF/extensions.idx";

    JarPluginManager(Path workFolder) {
        super(workFolder);
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new ManifestPluginDescriptorFinder();
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return new JarPluginLoader(this) {
            @Override
            protected PluginClassLoader createPluginClassLoader(Path jar, PluginDescriptor descriptor) {
                return new SharingClassLoader(JarPluginManager.this, descriptor);
            }
        };
    }

    /** Takes what plugin and engine speak about from the engine, even if the jar brings a copy; all else jar first. */
    private static final class SharingClassLoader extends PluginClassLoader {

        SharingClassLoader(JarPluginManager manager, PluginDescriptor descriptor) {
            super(manager, descriptor, JarPluginManager.class.getClassLoader());
        }

        /** What a plugin offers is what its own jar says. */
        @Override
        public @Nullable URL getResource(String name) {
            return name.equals(INDEX) ? findResource(name) : super.getResource(name);
        }

        @Override
        protected boolean shouldDelegateToParent(String className) {
            return className.startsWith("io.jlvs.api.")
                    || className.startsWith("org.jspecify.")
                    || className.startsWith("org.slf4j.")
                    || super.shouldDelegateToParent(className);
        }
    }
}
