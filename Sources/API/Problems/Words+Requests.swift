import Domain

/// The words of problems about requests as such, in the three languages.
extension Problem {
  /// Of a key that came before.
  func requestWords(in language: Language) -> (title: String, detail: String) {
    switch (self, language) {
    case (.requestKeyReused, .en):
      (
        "The key belongs to another request",
        "This Idempotency-Key was sent with another request before. Give each request a key of "
          + "its own; only to repeat one, send all of it again as it was."
      )
    case (.requestKeyReused, .fr):
      (
        "La clé appartient à une autre requête",
        "Cette Idempotency-Key a déjà été envoyée avec une autre requête. Donnez à chaque requête "
          + "sa propre clé ; pour en répéter une, renvoyez-la telle quelle."
      )
    case (.requestKeyReused, .pt):
      (
        "A chave pertence a outro pedido",
        "Esta Idempotency-Key já veio com outro pedido. Dê a cada pedido uma chave só dele; para "
          + "repetir um, envie-o de novo tal como era."
      )
    case (.requestAnswerGone, .en):
      (
        "This has been done before",
        "The request was carried out when it first came with this Idempotency-Key, but what it was "
          + "about has gone since and cannot be shown. The change log has it by its command."
      )
    case (.requestAnswerGone, .fr):
      (
        "C’est déjà fait",
        "La requête a été exécutée à sa première arrivée avec cette Idempotency-Key, mais ce dont "
          + "elle parlait a disparu depuis. Le journal la montre par sa commande."
      )
    case (.requestAnswerGone, .pt):
      (
        "Isto já foi feito",
        "O pedido foi cumprido quando veio pela primeira vez com esta Idempotency-Key, mas aquilo "
          + "de que tratava já não existe. O registro o mostra pelo comando."
      )
    case (_, .en):
      (
        "The request is being worked at",
        "A request with this Idempotency-Key has not been answered yet. Send it again in a moment."
      )
    case (_, .fr):
      (
        "La requête est en cours",
        "Une requête avec cette Idempotency-Key n’a pas encore de réponse. Renvoyez-la dans un "
          + "instant."
      )
    case (_, .pt):
      (
        "O pedido está em andamento",
        "Um pedido com esta Idempotency-Key ainda não foi respondido. Envie-o de novo daqui a "
          + "pouco."
      )
    }
  }
}

extension RequestLimit {
  func words(in language: Language) -> (title: String, detail: String) {
    switch language {
    case .en: english
    case .fr: french
    case .pt: portuguese
    }
  }

  private var english: (title: String, detail: String) {
    switch self {
    case .rate(let seconds):
      ("Too many requests", "You send more than is allowed. Go on in \(seconds) s.")
    case .connections(let limit):
      (
        "Too many connections",
        "You have \(limit) connections open, which is all a user may have. Close some, or use "
          + "them again."
      )
    case .head(let seconds):
      ("The request came too slowly", "Its head was not complete after \(seconds) s.")
    case .body(let seconds):
      ("The request came too slowly", "Hardly anything of its body came for \(seconds) s.")
    case .answer(let seconds):
      (
        "The answer takes too long",
        "There was none after \(seconds) s. A change may have been made nonetheless: send it "
          + "again with the same Idempotency-Key, or look at the change log."
      )
    case .unreadable:
      ("That is not HTTP", "What came is not HTTP/1.1, or its head is too large.")
    }
  }

  private var french: (title: String, detail: String) {
    switch self {
    case .rate(let seconds):
      (
        "Trop de requêtes",
        "Vous en envoyez plus qu’il n’est permis. Continuez dans \(seconds) s."
      )
    case .connections(let limit):
      (
        "Trop de connexions",
        "Vous avez \(limit) connexions ouvertes, le maximum par utilisateur. Fermez-en, ou "
          + "réutilisez-les."
      )
    case .head(let seconds):
      (
        "La requête est arrivée trop lentement",
        "Son en-tête n’était pas complet après \(seconds) s."
      )
    case .body(let seconds):
      (
        "La requête est arrivée trop lentement",
        "Presque rien de son corps n’est venu en \(seconds) s."
      )
    case .answer(let seconds):
      (
        "La réponse prend trop de temps",
        "Il n’y en avait pas après \(seconds) s. Un changement a pu être fait quand même : "
          + "renvoyez la requête avec la même Idempotency-Key, ou consultez le journal."
      )
    case .unreadable:
      (
        "Ce n’est pas du HTTP",
        "Ce qui est venu n’est pas du HTTP/1.1, ou l’en-tête est trop grand."
      )
    }
  }

  private var portuguese: (title: String, detail: String) {
    switch self {
    case .rate(let seconds):
      ("Pedidos demais", "Você envia mais do que é permitido. Continue em \(seconds) s.")
    case .connections(let limit):
      (
        "Conexões demais",
        "Você tem \(limit) conexões abertas, o máximo por usuário. Feche algumas, ou use-as de "
          + "novo."
      )
    case .head(let seconds):
      ("O pedido veio devagar demais", "O cabeçalho não estava completo depois de \(seconds) s.")
    case .body(let seconds):
      ("O pedido veio devagar demais", "Quase nada do corpo veio em \(seconds) s.")
    case .answer(let seconds):
      (
        "A resposta demora demais",
        "Não havia nenhuma depois de \(seconds) s. Uma mudança pode ter sido feita mesmo assim: "
          + "envie o pedido de novo com a mesma Idempotency-Key, ou veja o histórico."
      )
    case .unreadable:
      ("Isso não é HTTP", "O que veio não é HTTP/1.1, ou o cabeçalho é grande demais.")
    }
  }
}
