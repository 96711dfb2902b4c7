package io.jlvs.engine.registry;

import io.jlvs.api.Command;

/** States that follow from others, whatever plugins there are. */
public final class Drafts {

    private Drafts() {}

    /** The state after these commands. */
    public static Configuration after(Configuration state, Command... commands) {
        var draft = new Draft(state, (_, _) -> {});
        for (var command : commands) {
            draft.execute(command);
        }
        return draft.configuration();
    }
}
