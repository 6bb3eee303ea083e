import ArgumentParser

struct Completion: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print a completion script for a shell.",
    discussion: """
      It completes the names of tags too.

        bash:  tagledger completion bash > ~/.local/share/bash-completion/completions/tagledger
        zsh:   tagledger completion zsh > ~/.zfunc/_tagledger
        fish:  tagledger completion fish > ~/.config/fish/completions/tagledger.fish
      """)

  @Argument(help: "bash, zsh or fish.", completion: .list(["bash", "zsh", "fish"]))
  var shell: String

  func validate() throws {
    if CompletionShell(rawValue: shell) == nil {
      throw ValidationError("Choose bash, zsh or fish.")
    }
  }

  func run() {
    guard let shell = CompletionShell(rawValue: shell) else { return }
    Terminal.standard.out(Tagledger.completionScript(for: shell) + "\n")
  }
}
