package io.jlvs.engine.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jlvs.api.testing.FakeClock;
import io.jlvs.engine.bus.Role;
import io.jlvs.engine.gateway.Doorkeeper.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who has a token, and what becomes of those who guess. */
class TokensTest {

    @TempDir
    private Path folder;

    private final FakeClock clock = new FakeClock();

    @Test
    void findsWhoseTokenItIs() {
        var file = TokenFile.write(
                folder,
                "# siblings\n\n" + TokenFile.line("observer", "watcher", "one")
                        + TokenFile.line("operator", "deployer", "two") + "  # end\n");

        var tokens = Tokens.of(Optional.of(file));

        assertThat(tokens.find("two")).hasValueSatisfying(holder -> {
            assertThat(holder.role()).isEqualTo(Role.OPERATOR);
            assertThat(holder.name()).isEqualTo("deployer");
        });
        assertThat(tokens.find("one").map(Tokens.Holder::role)).hasValue(Role.OBSERVER);
        assertThat(tokens.find("three")).isEmpty();
        assertThat(tokens.find("")).isEmpty();
    }

    @Test
    void nobodyHasATokenWithoutAFile() {
        assertThat(Tokens.of(Optional.empty()).find("one")).isEmpty();
    }

    @Test
    void refusesAFileThatOthersMayRead() throws IOException {
        var file = TokenFile.write(folder, TokenFile.line("observer", "watcher", "one"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

        assertThatThrownBy(() -> Tokens.of(Optional.of(file)))
                .hasMessage(
                        file + " (access.tokens) is open to others: take that from them with 'chmod 640 " + file + "'");
    }

    @Test
    void namesTheLineThatIsWrongAndNotWhatIsInIt() {
        var file = TokenFile.write(folder, TokenFile.line("observer", "watcher", "one") + "root me secret\n");

        assertThatThrownBy(() -> Tokens.of(Optional.of(file)))
                .hasMessageStartingWith(file + ":2: expected ")
                .hasMessageNotContaining("secret");
    }

    @Test
    void takesNoteOfAnotherFileAndStaysWithTheOldOneWhenItIsWrong() {
        var file = TokenFile.write(folder, TokenFile.line("observer", "watcher", "one"));
        var tokens = Tokens.of(Optional.of(file));
        var watcher = tokens.find("one").orElseThrow();

        TokenFile.write(folder, "nonsense\n");
        tokens.refresh();
        assertThat(tokens.isGood(watcher)).isTrue();

        TokenFile.write(folder, TokenFile.line("operator", "deployer", "two"));
        tokens.refresh();
        assertThat(tokens.isGood(watcher)).isFalse();
        assertThat(tokens.find("two")).isPresent();
    }

    @Test
    void guessesAreLookedAtEverMoreSeldom() {
        var doorkeeper = new Doorkeeper(
                Tokens.of(Optional.of(TokenFile.write(folder, TokenFile.line("observer", "w", "one")))), clock);
        for (int i = 0; i < Doorkeeper.FREE; i++) {
            assertThat(doorkeeper.look("guess", "198.18.0.9")).isEqualTo(new Answer.Refusal("wrong_token"));
        }

        assertThat(doorkeeper.look("one", "198.18.0.9")).isEqualTo(new Answer.Refusal("too_many_wrong_tokens"));
        assertThat(doorkeeper.look("one", "198.18.0.8")).isInstanceOf(Answer.Welcome.class);

        clock.advance(Duration.ofSeconds(1));
        assertThat(doorkeeper.look("guess", "198.18.0.9")).isEqualTo(new Answer.Refusal("wrong_token"));
        clock.advance(Duration.ofSeconds(1));
        assertThat(doorkeeper.look("one", "198.18.0.9")).isEqualTo(new Answer.Refusal("too_many_wrong_tokens"));
        clock.advance(Duration.ofSeconds(1));
        assertThat(doorkeeper.look("one", "198.18.0.9")).isInstanceOf(Answer.Welcome.class);
    }
}
