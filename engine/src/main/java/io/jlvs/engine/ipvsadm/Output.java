package io.jlvs.engine.ipvsadm;

/**
 * What a command has done.
 *
 * @param exit 0 well; 1 nothing to list; 2 wrong words; 255 refused, or words that are no command
 */
public record Output(int exit, String stdout, String stderr) {}
