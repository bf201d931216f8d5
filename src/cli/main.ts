#!/usr/bin/env node
import { processTerminal } from './process-terminal.js';
import { runCommandLine } from './program.js';

process.exitCode = await runCommandLine(process.argv.slice(2), processTerminal());
