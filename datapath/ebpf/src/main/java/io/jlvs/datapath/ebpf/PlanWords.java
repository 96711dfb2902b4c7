package io.jlvs.datapath.ebpf;

import io.jlvs.api.Endpoint;
import io.jlvs.api.spi.Plan;
import io.jlvs.api.spi.Plan.Slots.Hash;
import io.jlvs.api.spi.Server;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** A plan as the programs read it: the words of {@code enum plan_word}, then the ids of the servers. */
final class PlanWords {

    static final int KIND = 0;
    static final int LENGTH = 1;
    static final int LOOP_FROM = 2;
    static final int POSITION = 3;
    static final int ACTIVE = 4;
    static final int INACTIVE = 5;
    static final int CONSTANT = 6;
    static final int FLAGS = 7;
    static final int SERVERS = 8;

    static final int ASK = 0;
    static final int CYCLE = 1;
    static final int COST = 2;
    static final int SLOTS = 3;
    static final int HEAVIEST = 4;
    static final int TWO_CHOICES = 5;

    static final int UNWEIGHTED = 0x1;
    static final int IDLE_FIRST = 0x2;
    static final int WITH_PORT = 0x4;
    static final int FALLBACK = 0x8;
    static final int MULTIPLY = 0x10;
    static final int DESTINATION = 0x20;
    static final int WITHIN_WEIGHT = 0x40;

    /** Of a service that has no server: the programs refuse, nobody is asked. */
    static final int[] NOBODY = {CYCLE, 0, 0, 0, 0, 0, 0, 0};

    private PlanWords() {}

    /**
     * The words of a plan; of none: ask.
     *
     * @param ids of the servers, 0 for one that is not known
     */
    static int[] of(@Nullable Plan plan, ToIntFunction<Endpoint> ids) {
        return switch (plan) {
            case null -> new int[SERVERS];
            case Plan.Cycle cycle -> cycle(cycle, ids);
            case Plan.LeastCost cost -> cost(cost, ids);
            case Plan.Slots slots -> slots(slots, ids);
            case Plan.Heaviest heaviest -> heaviest(heaviest, ids);
            case Plan.TwoChoices choices -> twoChoices(choices, ids);
        };
    }

    /** Whether two plans pick the same, wherever their cycles stand. */
    static boolean same(int[] one, int[] other) {
        return one.length == other.length
                && Arrays.equals(one, 0, POSITION, other, 0, POSITION)
                && Arrays.equals(one, POSITION + 1, one.length, other, POSITION + 1, other.length);
    }

    private static int[] cycle(Plan.Cycle cycle, ToIntFunction<Endpoint> ids) {
        var words = words(CYCLE, cycle.order(), ids);
        words[LOOP_FROM] = cycle.loopFrom();
        return words;
    }

    private static int[] cost(Plan.LeastCost cost, ToIntFunction<Endpoint> ids) {
        var words = words(COST, cost.servers(), ids);
        words[ACTIVE] = cost.activeFactor();
        words[INACTIVE] = cost.inactiveFactor();
        words[CONSTANT] = cost.constant();
        words[FLAGS] = (cost.weighted() ? 0 : UNWEIGHTED) | (cost.idleFirst() ? IDLE_FIRST : 0);
        return words;
    }

    private static int[] heaviest(Plan.Heaviest heaviest, ToIntFunction<Endpoint> ids) {
        var words = words(HEAVIEST, heaviest.servers(), ids);
        words[FLAGS] = heaviest.withinWeight() ? WITHIN_WEIGHT : 0;
        return words;
    }

    private static int[] twoChoices(Plan.TwoChoices choices, ToIntFunction<Endpoint> ids) {
        var words = words(TWO_CHOICES, choices.servers(), ids);
        words[ACTIVE] = choices.activeFactor();
        words[INACTIVE] = choices.inactiveFactor();
        return words;
    }

    private static int[] slots(Plan.Slots slots, ToIntFunction<Endpoint> ids) {
        var words = words(SLOTS, slots.slots(), ids);
        words[FLAGS] = (slots.withPort() ? WITH_PORT : 0) | (slots.fallback() ? FALLBACK : 0) | flags(slots.hash());
        return words;
    }

    private static int flags(Hash hash) {
        return switch (hash) {
            case MAGLEV -> 0;
            case SOURCE -> MULTIPLY;
            case DESTINATION -> MULTIPLY | DESTINATION;
        };
    }

    private static int[] words(int kind, List<? extends @Nullable Server> servers, ToIntFunction<Endpoint> ids) {
        var words = new int[SERVERS + servers.size()];
        words[KIND] = kind;
        words[LENGTH] = servers.size();
        for (int i = 0; i < servers.size(); i++) {
            var server = servers.get(i);
            words[SERVERS + i] = server == null ? 0 : ids.applyAsInt(server.endpoint());
        }
        return words;
    }
}
