package io.jlvs.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.jlvs.e2e.lab.Product;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The promises of the page that can be read off its files. */
class PageFilesTest {

    private static final long BUDGET = 300_000;
    private static final Path FILES = Product.source("console/src/main/resources/console");

    @Test
    void isSmallerThan300kB() throws IOException {
        long size = 0;
        for (var file : files()) {
            size += Files.size(file);
        }
        assertThat(size).isBetween(1L, BUDGET);
    }

    @Test
    void asksForNothingFromOutside() throws IOException {
        for (var file : files()) {
            if (!file.toString().contains("vendor")) {
                assertThat(withoutNamespaces(file)).as(file.toString()).doesNotContain("http://", "https://", "//cdn");
            }
        }
    }

    @Test
    void hasNoInlineScriptOrStyle() throws IOException {
        assertThat(Files.readString(FILES.resolve("index.html")))
                .doesNotContainPattern("<script>|<script (?!src)|<style|style=|\\son[a-z]+=|javascript:");
    }

    @Test
    void makesNoElementsOfText() throws IOException {
        for (var file : files()) {
            if (file.startsWith(FILES.resolve("js"))) {
                assertThat(Files.readString(file))
                        .as(file.toString())
                        .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(");
            }
        }
    }

    private static String withoutNamespaces(Path file) throws IOException {
        return Files.readString(file).replace("http://www.w3.org/2000/svg", "");
    }

    private static List<Path> files() {
        try (var files = Files.walk(FILES)) {
            return files.filter(Files::isRegularFile).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
