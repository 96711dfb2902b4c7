package io.jlvs.api.spi;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** The event bus, as far as a scheduler needs it to ask a sibling service. */
@FunctionalInterface
public interface Bus {

    /**
     * Sends a question to one of those who listen at an address. Never blocks.
     *
     * @param question a JSON object: texts, numbers, booleans, lists, and maps of texts to these
     * @return the JSON object of the answer, completed on the thread that asked; it fails when nobody listens, when the
     *     answer is no JSON object, and when there is none by the {@link AskingScheduler#deadline()}
     */
    CompletionStage<Map<String, Object>> request(String address, Map<String, ?> question);
}
