import ArgumentParser

struct Completion: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: said(
      en: "Print a completion script for a shell.",
      pt: "Imprimir um script de autocompletar para um shell.",
      fr: "Afficher un script de complétion pour un shell."),
    discussion: said(
      en: """
        It completes the names of tags too.

          bash:  tagledger completion bash > ~/.local/share/bash-completion/completions/tagledger
          zsh:   tagledger completion zsh > ~/.zfunc/_tagledger
          fish:  tagledger completion fish > ~/.config/fish/completions/tagledger.fish
        """,
      pt: """
        Completa também os nomes das etiquetas.

          bash:  tagledger completion bash > ~/.local/share/bash-completion/completions/tagledger
          zsh:   tagledger completion zsh > ~/.zfunc/_tagledger
          fish:  tagledger completion fish > ~/.config/fish/completions/tagledger.fish
        """,
      fr: """
        Il complète aussi les noms des étiquettes.

          bash:  tagledger completion bash > ~/.local/share/bash-completion/completions/tagledger
          zsh:   tagledger completion zsh > ~/.zfunc/_tagledger
          fish:  tagledger completion fish > ~/.config/fish/completions/tagledger.fish
        """))

  @Argument(
    help: .said(
      en: "bash, zsh or fish.",
      pt: "bash, zsh ou fish.",
      fr: "bash, zsh ou fish."), completion: .list(["bash", "zsh", "fish"]))
  var shell: String

  func validate() throws {
    if CompletionShell(rawValue: shell) == nil {
      throw ValidationError(
        said(
          en: "Choose bash, zsh or fish.", pt: "Escolha bash, zsh ou fish.",
          fr: "Choisissez bash, zsh ou fish."))
    }
  }

  func run() {
    guard let shell = CompletionShell(rawValue: shell) else { return }
    Terminal.standard.out(Tagledger.completionScript(for: shell) + "\n")
  }
}
