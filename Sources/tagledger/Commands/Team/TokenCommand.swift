import ArgumentParser

struct TokenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "token",
    abstract: said(
      en: "Bearer tokens, for programs.",
      pt: "Tokens de acesso, para programas.",
      fr: "Jetons d’accès, pour les programmes."),
    subcommands: [TokenList.self, TokenIssue.self, TokenRevoke.self])
}
