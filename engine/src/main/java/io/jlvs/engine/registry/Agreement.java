package io.jlvs.engine.registry;

import io.jlvs.api.Command;
import java.util.List;

/** How directors with one desired state agree on its changes: each gets all of them, in one order. */
public interface Agreement {

    /**
     * Proposes changes that a director has tried on what it knows. Blocks until they are in effect on it.
     *
     * @param by who makes them
     * @param base the version of the state that they were tried on
     * @throws io.jlvs.api.CommandException if they are not made: with the code of the first that can't be made on what the
     *     others did meanwhile, or {@code NO_MAJORITY}. With {@code NOT_KNOWN} they may be made later
     */
    void propose(String by, long base, List<Command> changes);

    /**
     * Blocks until all that was agreed on before is in effect here.
     *
     * @throws io.jlvs.api.CommandException with {@code NO_MAJORITY} or {@code NOT_KNOWN}
     */
    void catchUp();
}
