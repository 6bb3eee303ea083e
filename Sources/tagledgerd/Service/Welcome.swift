import Foundation

/// What a person who has just started a daemon by hand wants to know, in their language.
struct Welcome: Sendable {
  let language: Language
  let socket: String
  let dataDirectory: String
  let founder: String
  /// How to call the command line from here.
  let command: String

  enum Language: String, Sendable {
    case english = "en"
    case french = "fr"
    case portuguese = "pt"

    /// The language of messages as POSIX determines it: the first of the three that is set.
    init(_ environment: [String: String]) {
      let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].lazy
        .compactMap { environment[$0] }.first { !$0.isEmpty }
      self = locale.flatMap { Language(rawValue: String($0.prefix(2))) } ?? .english
    }
  }

  var text: String {
    let words = words
    return """

      \(words.ready)
        \(words.socket)  \(socket)
        \(words.data)  \(dataDirectory)
        \(words.founder)  \(founder)

      \(words.next)
        \(command) tag starter \(language.rawValue)
        \(command) customer register "Ana Souza" --phone "+55 41 98888-7777"
        \(command) log --follow

      \(words.stop)

      """
  }

  private var words:
    (
      ready: String, socket: String, data: String, founder: String, next: String, stop: String
    )
  {
    switch language {
    case .english:
      (
        "Tagledger is ready.", "socket ", "data   ", "founder", "Worth trying next:",
        "Ctrl-C stops it; what was done stays."
      )
    case .french:
      (
        "Tagledger est prêt.", "socket   ", "données  ", "fondateur", "À essayer ensuite :",
        "Ctrl-C l’arrête ; ce qui a été fait reste."
      )
    case .portuguese:
      (
        "O Tagledger está pronto.", "socket  ", "dados   ", "fundador", "Para experimentar agora:",
        "Ctrl-C encerra; o que foi feito fica."
      )
    }
  }
}
