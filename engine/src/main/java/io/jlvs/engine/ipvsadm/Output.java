package io.jlvs.engine.ipvsadm;

public record Output(int exit, String stdout, String stderr) {}
