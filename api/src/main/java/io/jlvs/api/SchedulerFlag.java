package io.jlvs.api;

/**
 * The three flags that a virtual service hands to its scheduler ({@code ipvsadm -b}). What each means is the
 * scheduler's: {@link #FLAG_1} is {@code sh-fallback} and {@code mh-fallback}, {@link #FLAG_2} is {@code sh-port} and
 * {@code mh-port}.
 */
public enum SchedulerFlag {
    FLAG_1,
    FLAG_2,
    FLAG_3
}
