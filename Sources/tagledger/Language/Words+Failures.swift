import Glibc

// What went wrong, and what to do now.
extension Words {
  func socketMissing(_ tried: [String]) -> String {
    let list = tried.map { "\n  \($0)" }.joined()
    return say(
      en: "No daemon found: there is no socket at\(list)\n\(startHint)",
      pt: "O serviço não foi encontrado: não há socket em\(list)\n\(startHint)",
      fr: "Service introuvable : aucun socket à\(list)\n\(startHint)")
  }

  func refused(_ path: String) -> String {
    say(
      en: "The daemon is not running: nobody listens on \(path).\n\(startHint)",
      pt: "O serviço está parado: ninguém escuta em \(path).\n\(startHint)",
      fr: "Le service est arrêté : personne n’écoute sur \(path).\n\(startHint)")
  }

  private var startHint: String {
    say(
      en: """
        Start it with `systemctl start tagledgerd` (installed) or `make run` (in the source tree), \
        or name its socket with --socket or TAGLEDGER_SOCKET.
        """,
      pt: """
        Inicie com `systemctl start tagledgerd` (instalado) ou `make run` (no código-fonte), \
        ou indique o socket com --socket ou TAGLEDGER_SOCKET.
        """,
      fr: """
        Démarrez-le avec `systemctl start tagledgerd` (installé) ou `make run` (dans les sources), \
        ou indiquez son socket avec --socket ou TAGLEDGER_SOCKET.
        """)
  }

  func notPermitted(_ path: String) -> String {
    say(
      en: "You may not use the socket \(path). Ask to be put into the group that owns it.",
      pt: "Sem permissão para usar o socket \(path). Peça para entrar no grupo dono dele.",
      fr: "Vous n’avez pas accès au socket \(path). Demandez à rejoindre le groupe qui le possède.")
  }

  func unreachable(_ path: String, _ reason: String) -> String {
    say(
      en: "The socket \(path) cannot be reached: \(reason).",
      pt: "Não foi possível alcançar o socket \(path): \(reason).",
      fr: "Impossible de joindre le socket \(path) : \(reason).")
  }

  func timedOut(_ seconds: Int64) -> String {
    say(
      en:
        "The daemon has not answered for \(seconds) seconds. `tagledger log` shows what was done.",
      pt: "O serviço não respondeu em \(seconds) segundos. `tagledger log` mostra o que foi feito.",
      fr: "Aucune réponse depuis \(seconds) secondes. `tagledger log` montre ce qui a été fait.")
  }

  var interrupted: String {
    say(
      en: """
        The connection ended before the answer. It may have been done or not: look with \
        `tagledger log`; doing it again is safe.
        """,
      pt: """
        A conexão caiu antes da resposta. Pode ter sido feito ou não: veja com `tagledger log`; \
        repetir não causa dano.
        """,
      fr: """
        La connexion s’est coupée avant la réponse. Fait ou non, `tagledger log` le dira ; \
        recommencer est sans risque.
        """)
  }

  func answerUnreadable(_ detail: String) -> String {
    say(
      en: "The daemon’s answer is not understood; are both of the same version? (\(detail))",
      pt: "Resposta do serviço não entendida; são da mesma versão? (\(detail))",
      fr: "Réponse du service incomprise ; les versions sont-elles les mêmes ? (\(detail))")
  }

  func fileUnreadable(_ path: String, _ reason: String) -> String {
    say(
      en: "\(path) cannot be read: \(reason).", pt: "Não foi possível ler \(path): \(reason).",
      fr: "\(path) ne peut être lu : \(reason).")
  }

  func fileUnwritable(_ path: String, _ reason: String) -> String {
    say(
      en: "\(path) cannot be written: \(reason).",
      pt: "Não foi possível gravar \(path): \(reason).",
      fr: "\(path) ne peut être écrit : \(reason).")
  }

  func tagUnknown(_ text: String, near: [String]) -> String {
    let names = near.map(quoted).joined(separator: ", ")
    let hint =
      near.isEmpty
      ? say(
        en: " `tagledger tag list` shows all.", pt: " `tagledger tag list` mostra todas.",
        fr: " `tagledger tag list` les montre toutes.")
      : say(en: " Near it: \(names).", pt: " Parecidas: \(names).", fr: " Proches : \(names).")
    return say(
      en: "There is no tag \(quoted(text)).", pt: "Não há etiqueta \(quoted(text)).",
      fr: "Il n’y a pas d’étiquette \(quoted(text)).") + hint
  }

  func customerUnknown(_ text: String) -> String {
    say(
      en: "No customer \(quoted(text)): neither an id, nor a phone number, nor part of a name.",
      pt: "Nenhum cliente \(quoted(text)): nem id, nem telefone, nem parte de um nome.",
      fr: "Aucun client \(quoted(text)) : ni id, ni téléphone, ni partie d’un nom.")
  }

  func ambiguous(_ text: String, _ candidates: [String], more: Bool) -> String {
    let list = candidates.map { "\n  \($0)" }.joined() + (more ? "\n  …" : "")
    // A number alone would be as ambiguous again; the quotation marks are for the shell.
    let form = Int32(text).map { " ('#\($0)')" } ?? ""
    return say(
      en: "\(quoted(text)) may be any of these; give the id\(form):\(list)",
      pt: "\(quoted(text)) pode ser qualquer um destes; indique o id\(form):\(list)",
      fr: "\(quoted(text)) peut être l’un de ceux-ci ; donnez l’id\(form) :\(list)")
  }

  func dateUnreadable(_ text: String) -> String {
    say(
      en:
        "\(quoted(text)) is no time. Try 2026-11-22, \"2026-11-22 14:30\", yesterday, monday, 3d, 2h.",
      pt:
        "\(quoted(text)) não é uma data. Tente 22/11/2026, \"22/11/2026 14:30\", ontem, segunda, 3d, 2h.",
      fr:
        "\(quoted(text)) n’est pas une date. Essayez 22/11/2026, \"22/11/2026 14:30\", hier, lundi, 3d, 2h."
    )
  }

  func formatUnfit(_ format: String, _ fitting: String) -> String {
    say(
      en: "-o \(format) does not fit here; it can be \(fitting).",
      pt: "-o \(format) não serve aqui; pode ser \(fitting).",
      fr: "-o \(format) ne convient pas ici ; possibles : \(fitting).")
  }

  func pairUnreadable(_ text: String, _ example: String) -> String {
    say(
      en: "\(quoted(text)) should look like \(example).",
      pt: "\(quoted(text)) deve ter a forma \(example).",
      fr: "\(quoted(text)) devrait avoir la forme \(example).")
  }

  func pairTwice(_ key: String) -> String {
    say(
      en: "\(quoted(key)) is given twice.", pt: "\(quoted(key)) aparece duas vezes.",
      fr: "\(quoted(key)) est donné deux fois.")
  }

  var noCustomers: String {
    say(
      en: "No customer given: name some, or hand over a list with --from FILE.",
      pt: "Nenhum cliente indicado: cite alguns, ou passe uma lista com --from ARQUIVO.",
      fr: "Aucun client donné : nommez-en, ou passez une liste avec --from FICHIER.")
  }

  /// An `errno` in words; the rare ones in those of the system.
  func system(_ code: Int32) -> String {
    switch code {
    case ENOENT: say(en: "it is not there", pt: "não existe", fr: "il n’existe pas")
    case EACCES, EPERM, EROFS:
      say(en: "you may not", pt: "sem permissão", fr: "accès refusé")
    case EISDIR: say(en: "it is a folder", pt: "é uma pasta", fr: "c’est un dossier")
    case ENOTDIR:
      say(en: "no such folder", pt: "a pasta não existe", fr: "ce dossier n’existe pas")
    case ENOSPC, EDQUOT:
      say(en: "the disk is full", pt: "o disco está cheio", fr: "le disque est plein")
    case ENAMETOOLONG:
      say(en: "the path is too long", pt: "caminho longo demais", fr: "chemin trop long")
    default: String(cString: strerror(code))
    }
  }
}
