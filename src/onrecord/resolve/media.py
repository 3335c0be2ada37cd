"""Names of news media and networks as running prose writes them, by kind.

Only what texts name without a word like "newspaper" or "news agency" beside it needs to stand here. Names that mean
something else as well (the Nation, the Sun) carry their article and are found only with it.
"""

from functools import cache
from typing import Literal

Kind = Literal["agency", "print", "air", "social"]

_AGENCIES = """
Reuters, Thomson Reuters, Thomson Reuters Foundation, The Associated Press, Associated Press, AP,
Agence France-Presse, AFP, Bloomberg, Bloomberg News, UPI, United Press International, dpa, DPA, EFE, ANSA, TASS,
Tass, Itar-Tass, ITAR-TASS, RIA, RIA Novosti, Interfax, Interfax-Ukraine, Ukrinform, UNIAN, BelTA, Sputnik, Xinhua,
China News Service, Kyodo, Kyodo News, Jiji, Jiji Press, Yonhap, Newsis, KCNA, Bernama, Antara, PTI,
Press Trust of India, ANI, IANS, IRNA, ISNA, ILNA, Tasnim, Fars, Fars News, Mehr News, Anadolu, Anadolu Agency, SANA,
WAFA, KUNA, SPA, Saba, Shafaq News, Press Association, PA Media, Canadian Press, The Canadian Press,
Australian Associated Press, Ritzau, Agenzia Nova, Adnkronos, Belga, Europa Press, Tanjug, Agerpres, Kazinform,
Azertac, Armenpress, Pajhwok, Khaama Press, Dow Jones, Dow Jones Newswires, Inter Press Service,
Religion News Service, Catholic News Service, Prensa Latina, Notimex, MarketWatch, UN News
"""
_PRINT = """
New York Times, NYT, Washington Post, WaPo, Wall Street Journal, WSJ, USA Today, Los Angeles Times, LA Times,
L.A. Times, Chicago Tribune, Boston Globe, Boston Herald, Miami Herald, Houston Chronicle, Dallas Morning News,
Denver Post, San Francisco Chronicle, Philadelphia Inquirer, Detroit News, Detroit Free Press, Arizona Republic,
Tampa Bay Times, Des Moines Register, New York Post, New York Daily News, Daily News, Newsday, Washington Times,
Washington Examiner, Union Leader, New Hampshire Union Leader,
Washington Free Beacon, Christian Science Monitor, Financial Times, FT, The Times of London,
Times of London, Sunday Times, Guardian, Daily Telegraph, Sunday Telegraph, Daily Mail, Mail on Sunday, Daily Mirror,
Daily Express, Evening Standard, Financial News, Irish Times, Irish Independent, Scotsman, Globe and Mail,
Toronto Star, National Post, Sydney Morning Herald, Australian Financial Review, New Zealand Herald, Le Monde,
Le Figaro, Libération, Liberation, Le Parisien, Les Echos, Le Journal du Dimanche, Journal du Dimanche, Ouest-France,
L'Express, Le Point, L'Obs, Paris Match, Charlie Hebdo, Bild, Bild am Sonntag, Der Spiegel, Spiegel, Die Zeit,
Die Welt, Welt am Sonntag, Süddeutsche Zeitung, Sueddeutsche Zeitung, Frankfurter Allgemeine Zeitung,
Frankfurter Allgemeine, Handelsblatt, Tagesspiegel, Rheinische Post, Der Standard, Die Presse, Kurier,
Neue Zürcher Zeitung, NZZ, Le Temps, Blick, Corriere della Sera, La Repubblica, Repubblica, La Stampa, Il Sole 24 Ore,
Il Messaggero, Il Foglio, Avvenire, El País, El Pais, El Mundo, La Vanguardia, El Confidencial, elDiario.es, Expresso,
Público, De Telegraaf, De Volkskrant, NRC Handelsblad, De Standaard, Le Soir, Dagens Nyheter, Svenska Dagbladet,
Aftonbladet, Expressen, Aftenposten, Verdens Gang, Dagbladet, Politiken, Berlingske, Jyllands-Posten,
Helsingin Sanomat, Postimees, Gazeta Wyborcza, Rzeczpospolita, Magyar Nemzet, Népszava, Kathimerini, Ta Nea,
Kommersant, Vedomosti, Izvestia, Izvestiya, Komsomolskaya Pravda, Moskovsky Komsomolets, Novaya Gazeta,
Nezavisimaya Gazeta, Rossiiskaya Gazeta, Rossiyskaya Gazeta, RBC, RBK, Argumenty i Fakty, Moscow Times,
The Moscow Times, Kyiv Post, Kyiv Independent, Ukrainska Pravda, Ukrayinska Pravda, Hürriyet, Hurriyet,
Hurriyet Daily News, Milliyet, Daily Sabah, Cumhuriyet, Sözcü, Yeni Safak, Yeni Şafak, Zaman, Today's Zaman, Haaretz,
Ha'aretz, Jerusalem Post, Times of Israel, Yedioth Ahronoth, Yediot Ahronot, Ynet, Maariv, Israel Hayom,
Asharq al-Awsat, Asharq Al-Awsat, Al-Hayat, Al-Ahram, Al Ahram, An-Nahar, Daily Star, Okaz, Arab News, Gulf News,
Khaleej Times, The National, Kayhan, Tehran Times, Etemad, Shargh, Express Tribune, Times of India, Hindustan Times,
The Hindu, Indian Express, Economic Times, People's Daily, Global Times, China Daily, South China Morning Post,
Caixin, Ming Pao, Apple Daily, Taipei Times, China Times, Liberty Times, Yomiuri, Yomiuri Shimbun, Asahi,
Asahi Shimbun, Mainichi, Mainichi Shimbun, Nikkei, Nikkei Asia, Nikkei Asian Review, Sankei, Sankei Shimbun,
Japan Times, Chosun Ilbo, JoongAng Ilbo, Dong-A Ilbo, Hankyoreh, Korea Herald, Korea Times, Rodong Sinmun,
Straits Times, Bangkok Post, Philippine Daily Inquirer, Rappler, Jakarta Post, Kompas, Mail & Guardian, Daily Nation,
Premium Times, Sunday Tribune, Folha de S.Paulo, Folha de S. Paulo, O Globo, O Estado de S. Paulo, Estadao, Clarín,
Clarin, La Nación, El Universal, Reforma, La Jornada, El Tiempo, El Nacional, El Comercio, El Mercurio, Granma,
L'Osservatore Romano, Time, Time magazine, Newsweek, New Yorker, The Atlantic, New Republic, National Review,
Weekly Standard, Washington Monthly, Mother Jones, Vanity Fair, Rolling Stone, Foreign Policy, Foreign Affairs,
Forbes, Fortune, Businessweek, GQ, Esquire, Harper's, New Statesman, The Spectator, Politico, POLITICO,
Politico Europe, Axios, Vox, Slate, Salon, BuzzFeed, BuzzFeed News, Buzzfeed, HuffPost, Huffington Post, Daily Beast,
Business Insider, Breitbart, Breitbart News, Daily Caller, Newsmax, Townhall, ProPublica, Vice News, Quartz,
Yahoo News, Yahoo! News, MSN, Middle East Eye, Al-Monitor, Al Monitor, Defense News, Defense One, Military Times,
Stars and Stripes, Roll Call, Bellingcat, Meduza, Mediapart, EUobserver, Euractiv, EurActiv, Semafor, Puck,
FiveThirtyEight, RealClearPolitics, The Hill, The Nation, The Sun, The Mirror, The Times, The Post, The Journal,
The Independent, The Week, The Telegraph, The Globe, The Australian, The Conversation, The Daily Show, The Star,
The Herald, The Tribune, The Age, The Economist, The Guardian, The Observer, The Intercept, The Verge,
The Information, The Christian Science Monitor
"""
_AIR = """
CNN, CNN International, CNN en Español, CNN Turk, CNN Türk, CNBC, MSNBC, NBC, NBC News, ABC, ABC News, CBS, CBS News,
Fox News, Fox News Channel, Fox, Fox Business, Fox Business Network, FoxNews.com, FoxNews, PBS, PBS NewsHour, NPR,
C-SPAN, HBO, Univision, Telemundo, BBC, BBC News, BBC World Service, BBC World, BBC Radio 4, BBC Radio, BBC radio,
BBC TV, BBC One, BBC Two, BBC Newsnight, BBC Persian, BBC Arabic, Sky News, Sky News Arabia, Sky, ITV, ITV News,
Channel 4, Channel 4 News, Channel 5, LBC, RTE, RTÉ, CBC, CBC News, CTV, CTV News, Global News, ABC Australia, SBS,
Radio New Zealand, RNZ, Voice of America, VOA, Radio Free Europe, Radio Free Europe/Radio Liberty, RFE/RL,
Radio Liberty, Radio Farda, Radio Free Asia, RFA, Al Jazeera, Al-Jazeera, Al Jazeera English, Al Arabiya, Al-Arabiya,
Al Hadath, Al-Hadath, Al Mayadeen, Al-Mayadeen, Al-Manar, Al Manar, Al-Alam, Al Alam, Al-Masirah, Al Masirah,
Al-Aqsa TV, Alhurra, LBC TV, MTV, Press TV, PressTV, IRIB, IRINN, Iran International, TRT, TRT World, NTV, Haberturk,
Habertürk, A Haber, RT, Russia Today, Rossiya 1, Rossiya-1, Rossiya 24, Rossiya-24, Rossiya, Channel One,
Perviy Kanal, Ekho Moskvy, Echo of Moscow, Echo Moskvy, Rain TV, Dozhd, TV Rain, Vesti FM, Zvezda, Euronews,
France 24, France 2, France 3, France Info, France Inter, franceinfo, TF1, BFM TV, BFMTV, BFM, LCI, CNews, Europe 1,
Europe-1, RTL, RFI, Radio France Internationale, ARD, ZDF, Deutsche Welle, DW, Deutschlandfunk, NDR, WDR, n-tv, RAI,
La7, RTVE, TVE, Cadena SER, Cadena Ser, Onda Cero, COPE, TV3, Antena 3, NOS, RTBF, VRT, SVT, NRK, TV2, YLE, Yle, TVP,
TVN, TVN24, ORF, SRF, ERT, NHK, TBS, Fuji TV, KBS, MBC, YTN, CCTV, CGTN, Phoenix TV, TVBS, NDTV, India Today,
CNN-News18, Geo TV, Geo News, ARY News, Dunya News, Tolo News, TOLOnews, Ariana News, Channel 12, Channel 13,
Channel 2, Channel 10, Army Radio, Israel Radio, i24NEWS, Channel NewsAsia, GMA News, ABS-CBN, Globo News, TV Globo,
Globo, Telesur, teleSUR, TeleSUR, Caracol Radio, Univisión, Globovisión, Vatican Radio, Radio Vatican, Vatican News,
Democracy Now, Democracy Now!, SiriusXM, iHeartRadio, Meet the Press, Face the Nation, Fox News Sunday,
Good Morning America, 60 Minutes, Morning Joe, Fox & Friends, Fox and Friends, Newsnight, HARDtalk, Hardball,
Squawk Box, Nightline, World News Tonight, Morning Edition, All Things Considered, The View, The Late Show,
The Rachel Maddow Show, The Situation Room, The Andrew Marr Show, Andrew Marr Show, Tucker Carlson Tonight,
Ukraina 24, 1+1, Channel 24, One America News, OAN, Newsy, Bloomberg TV, Bloomberg Television, Bloomberg Radio,
Sun News
"""
_SOCIAL = """
Twitter, Facebook, Instagram, Telegram, Truth Social, YouTube, TikTok, WhatsApp, Weibo, Sina Weibo, WeChat, VKontakte,
VK, LinkedIn, Reddit, Medium, Snapchat, Bluesky, Mastodon, Threads, Gab, Parler, Gettr, Rumble, Substack, Periscope,
X, LiveJournal, Tumblr, Pinterest, Google Plus, Google+, Flickr, Twitch, Clubhouse, Viber
"""
_BY_KIND: tuple[tuple[Kind, str], ...] = (("agency", _AGENCIES), ("print", _PRINT), ("air", _AIR), ("social", _SOCIAL))


@cache
def names_by_first_word() -> dict[str, tuple[tuple[str, Kind], ...]]:
    """Names under the first run of letters and digits in them, the longest first; beside each its kind."""
    found: dict[str, dict[str, Kind]] = {}
    for kind, listed in _BY_KIND:
        for name in (" ".join(part.split()) for part in listed.split(",")):
            for form in {name, name.upper()} if len(name) > 4 else {name}:
                found.setdefault(first_word(form), {}).setdefault(form, kind)
    return {word: tuple(sorted(forms.items(), key=lambda f: -len(f[0]))) for word, forms in found.items()}


def first_word(name: str) -> str:
    """The run of letters and digits a name begins with."""
    return next((name[:end] for end in range(1, len(name)) if not name[end].isalnum()), name)


def is_medium(name: str) -> bool:
    """Is this, with or without "The", the name of one of them?"""
    listed = names_by_first_word()
    forms = (name, f"The {name}", name.removeprefix("The ").removeprefix("the "))
    return any(form == known for form in forms for known, _ in listed.get(first_word(form), ()))
