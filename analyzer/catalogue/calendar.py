# Written by hand.
# Facts about the standard library's calendar: pages of days are what projects most often override.

import outgrow

MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = range(7)
day_name = day_abbr = month_name = month_abbr = outgrow.unknown()


def isleap(year): ...


def leapdays(y1, y2): ...


def weekday(year, month, day): ...


def monthrange(year, month): ...


def monthcalendar(year, month): ...


def month(theyear, themonth, w=0, l=0): ...


def calendar(year, w=2, l=1, c=6, m=3): ...


def setfirstweekday(firstweekday): ...


def firstweekday(): ...


def timegm(tuple): ...


class IllegalMonthError(ValueError):
    pass


class IllegalWeekdayError(ValueError):
    pass


class Calendar:
    def __init__(self, firstweekday=0):
        self.firstweekday = firstweekday

    def getfirstweekday(self): ...

    def setfirstweekday(self, firstweekday): ...

    def iterweekdays(self): ...

    def itermonthdates(self, year, month): ...

    def itermonthdays(self, year, month): ...

    def itermonthdays2(self, year, month): ...

    def itermonthdays3(self, year, month): ...

    def itermonthdays4(self, year, month): ...

    def monthdatescalendar(self, year, month): ...

    def monthdayscalendar(self, year, month): ...

    # One week of one day stands for all.
    def monthdays2calendar(self, year, month):
        return [[(outgrow.unknown(), outgrow.unknown())]]

    def yeardatescalendar(self, year, width=3): ...

    def yeardays2calendar(self, year, width=3): ...

    def yeardayscalendar(self, year, width=3): ...


class TextCalendar(Calendar):
    def formatday(self, day, weekday, width): ...

    def formatweek(self, theweek, width):
        return [self.formatday(day, weekday, width) for day, weekday in theweek]

    def formatweekday(self, day, width): ...

    def formatweekheader(self, width):
        return self.formatweekday(outgrow.unknown(), width)

    def formatmonthname(self, theyear, themonth, width, withyear=True): ...

    def formatmonth(self, theyear, themonth, w=0, l=0):
        self.formatmonthname(theyear, themonth, w)
        self.formatweekheader(w)
        return [self.formatweek(week, w) for week in self.monthdays2calendar(theyear, themonth)]

    def formatyear(self, theyear, w=2, l=1, c=6, m=3):
        return self.formatmonth(theyear, outgrow.unknown(), w, l)


class HTMLCalendar(Calendar):
    cssclasses = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
    cssclass_noday = "noday"

    def formatday(self, day, weekday): ...

    def formatweek(self, theweek):
        return [self.formatday(day, weekday) for day, weekday in theweek]

    def formatweekday(self, day): ...

    def formatweekheader(self):
        return self.formatweekday(outgrow.unknown())

    def formatmonthname(self, theyear, themonth, withyear=True): ...

    def formatmonth(self, theyear, themonth, withyear=True):
        self.formatmonthname(theyear, themonth, withyear=withyear)
        self.formatweekheader()
        return [self.formatweek(week) for week in self.monthdays2calendar(theyear, themonth)]

    def formatyear(self, theyear, width=3):
        return self.formatmonth(theyear, outgrow.unknown(), withyear=False)

    def formatyearpage(self, theyear, width=3, css="calendar.css", encoding=None):
        return self.formatyear(theyear, width)


class LocaleTextCalendar(TextCalendar):
    def __init__(self, firstweekday=0, locale=None):
        super().__init__(firstweekday)


class LocaleHTMLCalendar(HTMLCalendar):
    def __init__(self, firstweekday=0, locale=None):
        super().__init__(firstweekday)
