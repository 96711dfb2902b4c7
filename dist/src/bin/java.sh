# shellcheck shell=sh
# Sourced by the launchers: finds a JDK 25, and starts a class of the command line as fast as a JVM can.
# shellcheck disable=SC2154 # home is set by the launcher
JLVS_JAVA_OPTIONS=${JLVS_JAVA_OPTIONS:-}

is25() { [ -x "$1/bin/java" ] && grep -qs '^JAVA_VERSION="25' "$1/release"; }

java=
for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*25* /opt/*25*; do
    if [ -n "$candidate" ] && is25 "$candidate"; then
        java=$candidate/bin/java
        break
    fi
done
if [ -z "$java" ]; then
    echo "jlvs: no JDK 25 found: install one, or set JAVA_HOME to it" >&2
    exit 2
fi

cli_jars=
for jar in jlvs-cli picocli jline-terminal jline-native; do
    cli_jars=$cli_jars${cli_jars:+:}$home/lib/cli/$jar.jar
done

# The AOT cache holds the loaded and linked classes of the command; without it, or with another JDK's, it is only slower.
thin() {
    exec "$java" -XX:AOTCache="$home/lib/cli/cli.aot" -Xlog:disable -Xlog:all=off -XX:TieredStopAtLevel=1 -XX:+UseSerialGC \
        -Xmx64m "-Djlvs.home=$home" -cp "$cli_jars" "$@"
}
