package io.henge.admin.rest;

import java.util.List;

/**
 * The body of {@code POST /whatif}.
 *
 * @param stop ids or names of members
 * @param how crash or drain
 */
public record WhatIfQuestion(List<String> stop, String how) {}
