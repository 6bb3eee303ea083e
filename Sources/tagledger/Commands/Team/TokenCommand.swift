import ArgumentParser

struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token", abstract: "Bearer tokens, for programs.",
    subcommands: [TokenList.self, TokenIssue.self, TokenRevoke.self])
}
