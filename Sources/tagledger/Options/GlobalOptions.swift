import ArgumentParser
import Client
import FoundationEssentials
import Glibc

/// What every command takes.
struct GlobalOptions: ParsableArguments {
  @Option(
    help: .said(
      en:
        "The daemon's socket; otherwise TAGLEDGER_SOCKET, or the first that is there of $XDG_RUNTIME_DIR/tagledger.sock, ./var/tagledger.sock and /run/tagledger/tagledger.sock.",
      pt: """
        O socket do serviço; senão, TAGLEDGER_SOCKET, ou o primeiro que existir entre \
        $XDG_RUNTIME_DIR/tagledger.sock, ./var/tagledger.sock e /run/tagledger/tagledger.sock.
        """,
      fr: """
        Le socket du service ; sinon TAGLEDGER_SOCKET, ou le premier qui existe parmi \
        $XDG_RUNTIME_DIR/tagledger.sock, ./var/tagledger.sock et /run/tagledger/tagledger.sock.
        """,
      valueName: "path"),
    completion: .file())
  var socket: String?

  /// Named in the help of the program itself; it would only be in the way in that of every command.
  @Option(
    help: ArgumentHelp(
      said(
        en: "A file with a bearer token; otherwise TAGLEDGER_TOKEN.",
        pt: "Um arquivo com um token de acesso; senão, TAGLEDGER_TOKEN.",
        fr: "Un fichier avec un jeton d’accès ; sinon TAGLEDGER_TOKEN."),
      valueName: "path", visibility: .hidden),
    completion: .file())
  var tokenFile: String?

  @Option(
    name: [.short, .long],
    help: .said(
      en: "How to print.",
      pt: "Como mostrar o resultado.",
      fr: "Comment afficher le résultat."))
  var output: OutputFormat = .text

  @Flag(
    name: [.short, .long],
    help: .said(
      en: "Print ids only, one a line.",
      pt: "Mostrar só os ids, um por linha.",
      fr: "N’afficher que les identifiants, un par ligne."))
  var quiet = false

  @Option(
    help: .said(
      en: "When to use colours; NO_COLOR is heeded.",
      pt: "Quando usar cores; NO_COLOR é respeitado.",
      fr: "Quand utiliser des couleurs ; NO_COLOR est respecté."))
  var color: ColorChoice = .auto
}

enum ColorChoice: String, CaseIterable, ExpressibleByArgument, Sendable {
  case auto
  case always
  case never
}

/// How results are printed.
enum OutputFormat: String, CaseIterable, ExpressibleByArgument, Sendable {
  /// For people: tables, sentences, local time, their language.
  case text
  case json
  case csv
  /// One JSON value a line.
  case ndjson
}

extension GlobalOptions {
  /// The token that is presented; nil to act as one's own user.
  ///
  /// A file that is named has to be there: to go on as somebody else would be a surprise.
  func token(_ environment: [String: String]) throws -> String? {
    guard let path = tokenFile else {
      return environment["TAGLEDGER_TOKEN"].flatMap { $0.isEmpty ? nil : $0 }
    }
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw ClientError.fileUnreadable(path, ENOENT)
    }
    return String(text.prefix { !$0.isNewline })
  }
}
