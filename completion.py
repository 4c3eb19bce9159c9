"""Completion scripts for shells, made from the commands themselves, so that they never lag behind.

Nothing is installed: the script is printed, and the user's shell reads it.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from typing import NamedTuple

SHELLS = ("bash", "zsh", "fish")

_BASH = """\
# bash: put  eval "$(notworking completion bash)"  into ~/.bashrc
_notworking() {{
    local word="${{COMP_WORDS[COMP_CWORD]}}" command="" one
    for one in "${{COMP_WORDS[@]:1:COMP_CWORD-1}}"; do
        case "$one" in
            {commands}) command="$one"; break ;;
        esac
    done
    COMPREPLY=()
    case "$command" in
        "") COMPREPLY=($(compgen -W "{words}" -- "$word")) ;;
{cases}
    esac
}}
complete -o default -F _notworking notworking
"""
_NAMES = "notworking analyses --format csv 2>/dev/null | sed -e 1d -e 's/,.*//'"


Run = Callable[[argparse.Namespace], int]


def add(
    make: Callable[[str, Run, str], argparse.ArgumentParser],
    whole: Callable[[], argparse.ArgumentParser],
) -> None:
    """Add the command ``completion`` to a parser that ``whole`` returns once it is built."""

    def run(args: argparse.Namespace) -> int:
        sys.stdout.write(script(args.shell, whole()))
        return 0

    parser = make("completion", run, "print a completion script for a shell")
    parser.add_argument("shell", choices=SHELLS, help="which shell")


class Command(NamedTuple):
    """One command as completion sees it."""

    name: str
    text: str
    options: tuple[str, ...]


def commands(parser: argparse.ArgumentParser) -> list[Command]:
    """Return every command of a parser with its options, in the order of the help."""
    found = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            texts = {choice.dest: choice.help or "" for choice in action._choices_actions}
            found += [
                Command(name, texts.get(name, ""), _options(below))
                for name, below in action.choices.items()
            ]
    return found


def _options(parser: argparse.ArgumentParser) -> tuple[str, ...]:
    return tuple(
        option
        for action in parser._actions
        for option in action.option_strings
        if option.startswith("--")
    )


def script(shell: str, parser: argparse.ArgumentParser) -> str:
    """Return the script for one of ``SHELLS``."""
    found = commands(parser)
    top = _options(parser)
    if shell == "fish":
        return _fish(found, top)
    bash = _bash(found, top)
    if shell == "zsh":
        head = '# zsh: put  eval "$(notworking completion zsh)"  into ~/.zshrc, after compinit\n'
        return head + "autoload -U +X bashcompinit && bashcompinit\n" + bash.split("\n", 1)[1]
    return bash


def _bash(found: list[Command], top: tuple[str, ...]) -> str:
    cases = [f"        {command.name}) {_case(command)} ;;" for command in found]
    names_only = [command.name for command in found]
    return _BASH.format(
        commands="|".join(names_only), words=" ".join([*names_only, *top]), cases="\n".join(cases)
    )


def _case(command: Command) -> str:
    options = " ".join(command.options)
    if command.name == "show":
        return f'COMPREPLY=($(compgen -W "{options} $({_NAMES})" -- "$word"))'
    return f'[[ "$word" == -* ]] && COMPREPLY=($(compgen -W "{options}" -- "$word"))'


def _fish(found: list[Command], top: tuple[str, ...]) -> str:
    lines = ["# fish: notworking completion fish > ~/.config/fish/completions/notworking.fish"]
    lines += [f"complete -c notworking -n __fish_use_subcommand -l {o[2:]}" for o in top]
    for command in found:
        text = command.text.replace("\\", "\\\\").replace("'", "\\'")
        lines.append(
            f"complete -c notworking -n __fish_use_subcommand -a {command.name} -d '{text}'"
        )
        below = f"'__fish_seen_subcommand_from {command.name}'"
        lines += [f"complete -c notworking -n {below} -l {o[2:]}" for o in command.options]
        if command.name == "show":
            lines.append(f'complete -c notworking -n {below} -f -a "({_NAMES})"')
    return "\n".join(lines) + "\n"
