package io.jlvs.engine.http;

import io.jlvs.engine.bus.Role;
import java.util.Optional;

/** What who opens the console may do. */
public enum ConsoleAccess {
    /** See, and change services and real servers. */
    CHANGE,
    /** See. */
    READ,
    /** There is no console. */
    OFF;

    /** What one without a token may do on the bus. */
    Optional<Role> role() {
        return switch (this) {
            case CHANGE -> Optional.of(Role.OPERATOR);
            case READ -> Optional.of(Role.OBSERVER);
            case OFF -> Optional.empty();
        };
    }
}
