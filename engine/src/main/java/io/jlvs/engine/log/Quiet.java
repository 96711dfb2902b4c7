package io.jlvs.engine.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.github.benmanes.caffeine.cache.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * Lets a warning or an error through once in ten seconds; how often the same came meanwhile is told when they are over.
 * What is told at INFO, audit lines for one, is never left out. Named in {@code logback.xml}.
 */
public final class Quiet extends TurboFilter {

    static final Duration WINDOW = Duration.ofSeconds(10);
    private static final int SUBJECTS = 1000;

    private final Cache<Line, LongAdder> repeated = Caffeine.newBuilder()
            .maximumSize(SUBJECTS)
            .expireAfterWrite(WINDOW)
            .scheduler(Scheduler.systemScheduler())
            .removalListener(Quiet::tell)
            .build();

    /** A line with what it is about; of two errors that differ in their stack alone one is enough. */
    private record Line(Logger logger, Level level, String format, List<String> about) {}

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] parameters,
            @Nullable Throwable thrown) {
        var isTold = level.isGreaterOrEqual(Level.WARN) && level.isGreaterOrEqual(logger.getEffectiveLevel());
        if (format == null || !isTold) {
            return FilterReply.NEUTRAL;
        }
        var about = parameters == null
                ? List.<String>of()
                : Arrays.stream(parameters).map(String::valueOf).toList();
        var first = new LongAdder();
        var count = repeated.get(new Line(logger, level, format, about), _ -> first);
        if (isSame(count, first)) {
            return FilterReply.NEUTRAL;
        }
        count.increment();
        return FilterReply.DENY;
    }

    @SuppressWarnings("ReferenceEquality") // whose counter it is
    private static boolean isSame(LongAdder one, LongAdder other) {
        return one == other;
    }

    private static void tell(@Nullable Line line, @Nullable LongAdder count, RemovalCause cause) {
        if (line != null && count != null && count.sum() > 0) {
            line.logger()
                    .info(
                            "{} more in {} s like: " + line.format(),
                            with(count.sum(), WINDOW.toSeconds(), line.about()));
        }
    }

    private static Object[] with(Object count, Object seconds, List<String> about) {
        var all = new ArrayList<Object>(List.of(count, seconds));
        all.addAll(about);
        return all.toArray();
    }
}
