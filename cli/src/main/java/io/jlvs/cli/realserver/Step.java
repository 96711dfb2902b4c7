package io.jlvs.cli.realserver;

/**
 * A shell line of a plan.
 *
 * @param why what it is needed for, a sentence for people
 * @param line for {@code sh}; doing it twice does no harm
 */
record Step(String why, String line) {}
