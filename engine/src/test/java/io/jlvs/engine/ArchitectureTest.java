package io.jlvs.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Holds the arrows of the design: who may use whom, and where outside types are fenced. */
@AnalyzeClasses(packages = "io.jlvs", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    /** Without this, a class file format that ArchUnit can't read would let everything pass. */
    @ArchTest
    static void seesOurClasses(JavaClasses classes) {
        assertThat(classes.contain("io.jlvs.api.RealServer")).isTrue();
        assertThat(classes.contain("io.jlvs.engine.registry.Registry")).isTrue();
        assertThat(classes.contain("io.jlvs.datapath.user.UserDataPath")).isTrue();
        assertThat(classes.contain("io.jlvs.datapath.ebpf.EbpfDataPath")).isTrue();
        assertThat(classes.get("io.jlvs.engine.registry.Registry").getDirectDependenciesFromSelf())
                .isNotEmpty();
    }

    @ArchTest
    static final ArchRule API_DEPENDS_ON_NOTHING_BUT_THE_MARKERS = classes()
            .that()
            .resideInAPackage("io.jlvs.api..")
            .and()
            .resideOutsideOfPackages("io.jlvs.api.testing..", "io.jlvs.api.json..", "io.jlvs.api.client..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage("java..", "org.jspecify..", "io.jlvs.api..")
                    .and(not(resideInAnyPackage("io.jlvs.api.json..", "io.jlvs.api.client..")))
                    .or(name("org.pf4j.ExtensionPoint")));

    /** So that plugins need no Vert.x, and siblings nothing but its core. */
    @ArchTest
    static final ArchRule ONLY_WHAT_SIBLINGS_USE_OF_THE_API_KNOWS_VERTX = classes()
            .that()
            .resideInAnyPackage("io.jlvs.api.json..", "io.jlvs.api.client..")
            .should()
            .onlyDependOnClassesThat(
                    resideInAnyPackage("java..", "org.jspecify..", "io.jlvs.api..", "io.vertx.core.."));

    @ArchTest
    static final ArchRule ONLY_THE_SPI_KNOWS_THE_MARKER_OF_PF4J = noClasses()
            .that()
            .resideInAPackage("io.jlvs..")
            .and()
            .resideOutsideOfPackages("io.jlvs.api.spi..", "io.jlvs.engine.plugin..", "io.jlvs.scheduler..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.pf4j..");

    @ArchTest
    static final ArchRule DATA_PATHS_KNOW_NO_CONTROL_PLANE = noClasses()
            .that()
            .resideInAPackage("io.jlvs.datapath..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.jlvs.engine..", "io.vertx..", "io.micrometer..", "org.pf4j..");

    @ArchTest
    static final ArchRule ONLY_THE_USER_DATA_PATH_HAS_PIPELINES = noClasses()
            .that()
            .resideOutsideOfPackage("io.jlvs.datapath.user..")
            .and()
            .doNotHaveFullyQualifiedName("io.jlvs.engine.admin.Peer") // one option of a socket
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.netty..");

    @ArchTest
    static final ArchRule ONLY_THE_EBPF_DATA_PATH_TOUCHES_FOREIGN_MEMORY = noClasses()
            .that()
            .resideOutsideOfPackage("io.jlvs.datapath.ebpf..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.foreign..");

    @ArchTest
    static final ArchRule ONLY_WHO_CHOOSES_A_DATA_PATH_KNOWS_IT = noClasses()
            .that()
            .resideInAPackage("io.jlvs.engine.(*)..")
            .and()
            .resideOutsideOfPackage("io.jlvs.engine.config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.jlvs.datapath..");

    @ArchTest
    static final ArchRule ONLY_THE_BINDING_CALLS_NATIVE_CODE = noClasses()
            .that()
            .resideOutsideOfPackage("io.jlvs.datapath.ebpf.libbpf..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.foreign.Linker")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.foreign.SymbolLookup");

    @ArchTest
    static final ArchRule THE_BINDING_KNOWS_NOTHING_OF_LOAD_BALANCING = noClasses()
            .that()
            .resideInAPackage("io.jlvs.datapath.ebpf.libbpf..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("io.jlvs..").and(not(resideInAPackage("io.jlvs.datapath.ebpf.libbpf.."))));

    @ArchTest
    static final ArchRule ONLY_METRICS_KNOWS_MICROMETER = noClasses()
            .that()
            .resideOutsideOfPackage("io.jlvs.engine.metrics..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micrometer..", "io.vertx.micrometer..", "io.prometheus..");

    @ArchTest
    static final ArchRule ONLY_CONFIG_KNOWS_YAML = noClasses()
            .that()
            .resideOutsideOfPackage("io.jlvs.engine.config..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.snakeyaml..");

    @ArchTest
    static final ArchRule NO_REFLECTION = noClasses()
            .that()
            .resideInAPackage("io.jlvs..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("java.lang.reflect..");

    @ArchTest
    static final ArchRule ARROWS_INSIDE_THE_ENGINE_GO_ONE_WAY = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("wiring")
            .definedBy("io.jlvs.engine")
            .optionalLayer("admin")
            .definedBy("io.jlvs.engine.admin..")
            .optionalLayer("ipvsadm")
            .definedBy("io.jlvs.engine.ipvsadm..")
            .layer("http")
            .definedBy("io.jlvs.engine.http..")
            .layer("gateway")
            .definedBy("io.jlvs.engine.gateway..")
            .layer("log")
            .definedBy("io.jlvs.engine.log..")
            .layer("live")
            .definedBy("io.jlvs.engine.live..")
            .layer("metrics")
            .definedBy("io.jlvs.engine.metrics..")
            .layer("schedule")
            .definedBy("io.jlvs.engine.schedule..")
            .layer("bus")
            .definedBy("io.jlvs.engine.bus..")
            .layer("registry")
            .definedBy("io.jlvs.engine.registry..")
            .layer("stats")
            .definedBy("io.jlvs.engine.stats..")
            .layer("plugin")
            .definedBy("io.jlvs.engine.plugin..")
            .layer("json")
            .definedBy("io.jlvs.api.json..")
            .layer("config")
            .definedBy("io.jlvs.engine.config..")
            .whereLayer("wiring")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("admin")
            .mayOnlyBeAccessedByLayers("wiring")
            .whereLayer("ipvsadm")
            .mayOnlyBeAccessedByLayers("wiring", "admin")
            .whereLayer("http")
            .mayOnlyBeAccessedByLayers("wiring", "config")
            .whereLayer("gateway")
            .mayOnlyBeAccessedByLayers("wiring", "http", "config")
            .whereLayer("log")
            .mayOnlyBeAccessedByLayers("wiring", "admin", "ipvsadm", "gateway")
            .whereLayer("live")
            .mayOnlyBeAccessedByLayers("wiring", "admin", "gateway")
            .whereLayer("metrics")
            .mayOnlyBeAccessedByLayers("wiring", "config")
            .whereLayer("schedule")
            .mayOnlyBeAccessedByLayers("wiring", "live")
            .whereLayer("bus")
            .mayOnlyBeAccessedByLayers("wiring", "admin", "schedule", "http", "gateway", "config")
            .whereLayer("registry")
            .mayOnlyBeAccessedByLayers("wiring", "admin", "ipvsadm", "metrics", "schedule", "bus", "live", "http")
            .whereLayer("stats")
            .mayOnlyBeAccessedByLayers(
                    "wiring", "admin", "ipvsadm", "metrics", "schedule", "bus", "live", "http", "gateway")
            .whereLayer("plugin")
            .mayOnlyBeAccessedByLayers("wiring", "admin", "metrics", "schedule", "bus", "registry", "live")
            .whereLayer("json")
            .mayOnlyBeAccessedByLayers("admin", "bus", "registry", "live", "gateway", "log")
            .whereLayer("config")
            .mayOnlyBeAccessedByLayers("wiring", "admin");

    @ArchTest
    static final ArchRule PACKAGES_OF_THE_ENGINE_HAVE_NO_CYCLES =
            slices().matching("io.jlvs.engine.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule PARTS_HAVE_NO_CYCLES =
            slices().matching("io.jlvs.(*)..").should().beFreeOfCycles();
}
