package io.jlvs.cli;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code jlvs token ROLE NAME}: needs no engine, and keeps nothing. */
@Command(
        name = "token",
        description = {
            "Makes a token for a sibling service. The first line has the token, which is kept nowhere; the second one is"
                    + " for the file that access.tokens names."
        })
final class TokenCommand implements Callable<Integer> {

    private static final int RANDOM_BYTES = 32;
    private static final Set<String> ROLES = Set.of("observer", "operator");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "ROLE", description = "observer (asks, is told) or operator (changes services as well)")
    private String role;

    @Parameters(paramLabel = "NAME", description = "who it is for: letters, digits, '.', '_' and '-', up to 64")
    private String name;

    @SuppressWarnings("NullAway.Init") // picocli sets them
    TokenCommand() {}

    @Override
    public Integer call() {
        check(ROLES.contains(role), "expected the role observer or operator, found '" + role + "'");
        check(
                NAME.matcher(name).matches(),
                "expected a name of letters, digits, '.', '_' and '-', up to 64, found '" + name + "'");
        var token = token();
        var out = spec.commandLine().getOut();
        out.println(token);
        out.println(role + " " + name + " " + hash(token));
        return 0;
    }

    private void check(boolean condition, String otherwise) {
        if (!condition) {
            throw new ParameterException(spec.commandLine(), otherwise);
        }
    }

    private static String token() {
        var bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
