package io.jlvs.engine.plugin;

import io.jlvs.api.spi.AskingScheduler;
import io.jlvs.api.spi.ForwardingMode;
import io.jlvs.api.spi.KernelMode;
import io.jlvs.api.spi.Scheduler;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Asks the objects of one plugin for their names, once, and checks them. */
final class OfferReader {

    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,15}");

    private final String jar;
    private final PluginOptions options;
    private final Map<String, Offer<Scheduler>> schedulers = new HashMap<>();
    private final Map<String, Offer<ForwardingMode>> modes = new HashMap<>();

    /** @param options what schedulers and modes are told */
    OfferReader(String jar, PluginOptions options) {
        this.jar = jar;
        this.options = options;
    }

    Extensions read(List<Object> instances) throws RejectedException {
        for (var instance : instances) {
            try {
                read(instance);
            } catch (RejectedException e) {
                throw e;
            } catch (Throwable e) { // a stranger's code
                throw new RejectedException(instance.getClass().getName() + " can't tell what it offers", e);
            }
        }
        if (schedulers.isEmpty() && modes.isEmpty()) {
            throw new RejectedException("it offers neither a Scheduler nor a ForwardingMode of io.jlvs.api.spi");
        }
        return new Extensions(schedulers, modes);
    }

    private void read(Object instance) throws RejectedException {
        if (instance instanceof Scheduler scheduler) {
            var offer = new Offer<>(jar, checked(scheduler.name(), scheduler), scheduler);
            put(schedulers, offer.name(), offer);
            configure(scheduler);
            for (var alias : new ArrayList<>(scheduler.aliases())) {
                put(schedulers, checked(alias, scheduler), offer);
            }
        }
        if (instance instanceof ForwardingMode mode) {
            if (mode.dataPaths().isEmpty()) {
                throw new RejectedException(mode.getClass().getName() + " names no data path that it runs in");
            }
            put(modes, checked(mode.name(), mode), new Offer<>(jar, mode.name(), mode));
            checkOptions(mode);
        }
    }

    private void configure(Scheduler scheduler) throws RejectedException {
        var told = options.schedulers().getOrDefault(scheduler.name(), Map.of());
        checkFits("schedulers." + scheduler.name(), () -> scheduler.configure(told));
        if (scheduler instanceof AskingScheduler asking) {
            checked(asking.fallback(), scheduler);
            checkDeadline(asking);
        }
    }

    /** So that a data path can count on the settings of whatever it is given. */
    private void checkOptions(ForwardingMode mode) throws RejectedException {
        if (mode instanceof KernelMode kernel) {
            var told = options.modes().getOrDefault(mode.name(), Map.of());
            checkFits("modes." + mode.name(), () -> kernel.settings(told));
        }
    }

    private static void checkFits(String section, Runnable configuring) throws RejectedException {
        try {
            configuring.run();
        } catch (IllegalArgumentException e) {
            throw new RejectedException("jlvs.yaml does not fit it, under " + section + ": " + e.getMessage());
        }
    }

    private static void checkDeadline(AskingScheduler asking) throws RejectedException {
        var deadline = asking.deadline();
        if (deadline.toMillis() < 1 || deadline.compareTo(AskingScheduler.LONGEST_DEADLINE) > 0) {
            throw new RejectedException("scheduler " + asking.name() + " lets clients wait for " + deadline.toMillis()
                    + " ms; expected 1.." + AskingScheduler.LONGEST_DEADLINE.toMillis());
        }
    }

    private static String checked(String name, Object instance) throws RejectedException {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new RejectedException(instance.getClass().getName() + " has the name '" + name
                    + "'; expected 1 to 15 printable ASCII characters without blanks");
        }
        return name;
    }

    private static <T> void put(Map<String, Offer<T>> offers, String name, Offer<T> offer) throws RejectedException {
        if (offers.putIfAbsent(name, offer) != null) {
            throw new RejectedException("it offers the name '" + name + "' twice");
        }
    }
}
