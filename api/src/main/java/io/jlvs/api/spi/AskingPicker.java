package io.jlvs.api.spi;

import io.jlvs.api.Flow;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * A picker that asks somebody else and answers later. While an answer is awaited other connections are picked for and the
 * service may change: there may be several questions under way, and answers come in any order.
 */
public interface AskingPicker extends Picker {

    /**
     * Asks for a server for a new connection. Called only when at least one server is eligible; must not block.
     *
     * @param bus where siblings are reached; valid for this question
     * @return a server of the pool that is {@link Server#eligible()} when it is completed. When it fails, comes after the
     *     {@link AskingScheduler#deadline()} or names another server, the {@link AskingScheduler#fallback()} picks
     */
    CompletionStage<? extends Server> ask(Flow flow, Bus bus);

    /** Picks nobody: who can't wait for an answer has none. The engine lets the fallback pick. */
    @Override
    default @Nullable Server pick(Flow flow) {
        return null;
    }
}
